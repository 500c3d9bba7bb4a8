"""From one answer to a row of figures, and from rows to a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from eval import evidence, metrics, selective
from eval.metrics import Fact, Span
from eval.questions import Question
from rag.schema import Article

DEPTH = 10  # hits fetched to measure retrieval
CUTS = (1, 3, 5, 10)
SHOWN = 3  # passages kept in a row, to see what the reader had before it
RETRIEVAL = (*(f"recall@{k}" for k in CUTS), "mrr", f"ndcg@{DEPTH}")
MEANS = (
    "exact", "content_words", "rightly_cited", "citation_precision", "citation_recall", "verbatim",
    "supported", *RETRIEVAL, "prompt_tokens", "completion_tokens",
)  # fmt: skip
STEPS = {"evidence_seconds": "retrieve", "first_sentence_seconds": "first_token", "seconds": "total"}
"""The clocks of an answer, by the name that a row has for them in seconds."""
HEADLINE = (
    "answers_right", "exact", "content_words", "refusals_right", "refusals_wrong", "rightly_cited",
    "citation_precision", "citation_recall", "verbatim", *RETRIEVAL, "aurc",
)  # fmt: skip
"""The figures that are given with an interval."""
BY_MODEL = ("judged", "judged_alike")  # so are these, which are there if a model was asked to judge

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What came back: the object `dateline ask --json` prints, what `dateline search` finds for it, and how certain
    the answer is, 0 to 1, where that is known."""

    answer: Mapping[str, Any]
    hits: Sequence[Span]
    confidence: float | None = None


def judge(question: Question, asked: Asked, articles: Sequence[Article]) -> Row:
    """Everything measured on one answer; None where a measure does not apply, NaN where it broke."""
    answer, texts = asked.answer, {article.id: article.text for article in articles}
    cited = [Span(c["article_id"], c["start"], c["end"]) for c in answer["citations"]]
    answered, wanted = not answer["abstained"], question.expect == "answer"
    faults = faults_of(question, answer, {Path(article.path).name: article.id for article in articles})
    proofs = evidence.gather(question, asked.hits, cited, articles)
    row: Row = {key: answer[key] for key in ("answer", "abstained", "standalone_question", "sentences", "citations")}
    row |= _names(question) | {"right": not faults, "faults": faults, "lost_proofs": list(proofs.lost)}
    row |= {"refusal_ok": question.refusal_ok, "confidence": asked.confidence, "judged": None}
    for name, said in (("exact", metrics.says), ("content_words", metrics.says_words)):
        told = answered and metrics.says_all(answer["answer"], question.answers, said)
        row[name] = told if wanted and question.answers else None
    recalled = metrics.citation_recall(cited, proofs.of_citations)
    row["rightly_cited"] = (answered and recalled > 0) if wanted else None
    row["citation_recall"] = recalled if wanted and answered else None
    row["citation_precision"] = metrics.citation_precision(cited, proofs.of_citations) if wanted and answered else None
    quotes = [(c["quote"], span) for c, span in zip(answer["citations"], cited, strict=True)]
    row["verbatim"] = metrics.verbatim_share(quotes, texts) if answered else None
    shown = [s["verdict"] == "supported" and bool(s["citations"]) for s in answer["sentences"]]
    row["supported"] = metrics.mean(shown) if answered else None
    for k in CUTS:
        row[f"recall@{k}"] = metrics.recall_at_k(asked.hits, proofs.of_hits, k) if wanted else None
    row["mrr"] = metrics.reciprocal_rank(asked.hits, proofs.of_hits) if wanted else None
    row[f"ndcg@{DEPTH}"] = metrics.ndcg(asked.hits, proofs.of_hits, DEPTH) if wanted else None
    row["evidence"] = _shown(asked.hits[:SHOWN], proofs.of_hits, articles)
    clock = answer["timings_ms"]
    row |= {name: None if clock[mark] is None else clock[mark] / 1000 for name, mark in STEPS.items()}
    return row | {name: answer["usage"].get(name) for name in ("prompt_tokens", "completion_tokens")}


def _shown(hits: Sequence[Span], facts: Sequence[Fact], articles: Sequence[Article]) -> list[Row]:
    known = {article.id: article for article in articles}
    return [
        {
            "title": known[hit.article_id].title,
            "text": known[hit.article_id].text[hit.start : hit.end],
            "proves": any(metrics.covers(hit, fact) for fact in facts),
        }
        for hit in hits
    ]


def failed(question: Question, error: str) -> Row:
    """The row of a question that ended in an error: wrong, and named by the gate."""
    return _names(question) | {"answer": None, "citations": [], "right": False, "faults": [error], "error": error}


def _names(question: Question) -> Row:
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "expect": question.expect,
        "wanted": [*filter(None, [question.yes_no]), *(" or ".join(spellings) for spellings in question.answers)],
    }


def faults_of(question: Question, answer: Mapping[str, Any], ids: Mapping[str, str]) -> list[str]:
    """Why the answer is wrong, in words; empty when it is right. `ids` maps file names to article ids."""
    if answer["abstained"]:
        return [] if question.expect == "refuse" or question.refusal_ok else ["refused, though the archive says it"]
    if question.expect == "refuse":
        return ["answered, though the archive does not say"]
    said = metrics.says_words if question.by_words else metrics.says
    faults = metrics.answer_faults(answer["answer"], question.answers, question.forbidden, question.yes_no, said)
    twins = {ids.get(name) for name in question.also_in}
    cited = [{c["article_id"], *c["also_in"]} for c in answer["citations"] if c["article_id"] in twins]
    if twins and not any(twins <= addresses for addresses in cited):
        faults.append("the other address of the same text is not named")
    if len({c["quote"] for c in answer["citations"]}) < len(answer["citations"]):
        faults.append("one source is cited twice")
    return faults


def by_kind(rows: Sequence[Row]) -> dict[str, Row]:
    return {kind: summarise([r for r in rows if r["kind"] == kind]) for kind in dict.fromkeys(r["kind"] for r in rows)}


def summarise(rows: Sequence[Row]) -> Row:
    """Shares and means over the rows a measure applies to; NaN where it applies to none or broke on one. Those of a
    model's judgement are there if it was asked for."""
    wanted = [row for row in rows if row["expect"] == "answer"]
    judged = [row for row in rows if "error" not in row]
    firm = [row for row in judged if not row["refusal_ok"]]
    refusals = metrics.refusal_scores((row["expect"] == "refuse", row["abstained"]) for row in firm)

    def values(name: str) -> list[float]:
        return [row[name] for row in judged if row[name] is not None]

    summary: Row = {"questions": len(rows), "errors": len(rows) - len(judged)}
    if by_model := [row for row in judged if row["judged"] is not None]:
        summary["judged"] = metrics.mean(row["judged"] for row in by_model)
        summary["judged_alike"] = metrics.mean(row["judged"] == row["right"] for row in by_model)
    summary["answered"] = metrics.mean(not row["abstained"] for row in judged)
    summary["answers_right"] = metrics.mean(row["right"] for row in wanted)
    summary["refusals_right"] = metrics.mean(row["right"] for row in rows if row["expect"] == "refuse")
    summary["refusals_wrong"] = metrics.mean(row["abstained"] for row in firm if row["expect"] == "answer")
    summary |= {"refusal_precision": refusals.precision, "refusal_f1": refusals.f1}
    for name in MEANS:
        summary[name] = metrics.mean(values(name))
    summary["aurc"] = selective.aurc(confidences(judged))
    for name in (*STEPS, "prompt_tokens"):
        summary[f"{name}_median"] = metrics.percentile(values(name), 50)
        summary[f"{name}_p95"] = metrics.percentile(values(name), 95)
    return summary


def confidences(rows: Sequence[Row]) -> list[tuple[float, bool]]:
    """How certain each answer given was, and whether it was right."""
    return [(row["confidence"], row["right"]) for row in rows if row.get("confidence") is not None]
