"""From one answer to a row of figures, and from rows to a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from eval import metrics
from eval.metrics import Fact, Span
from eval.questions import Question
from rag.schema import Article

DEPTH = 5  # hits fetched to measure retrieval; the deepest recall we print
MEANS = (
    "citation_precision", "citation_recall", "verbatim", "supported", "recall@1", "recall@3", "recall@5",
    "mrr", "ndcg@5", "prompt_tokens", "completion_tokens",
)  # fmt: skip

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What came back: the object `dateline ask --json` prints, and what `dateline search` finds for it."""

    answer: Mapping[str, Any]
    hits: Sequence[Span]


def judge(question: Question, asked: Asked, articles: Sequence[Article]) -> Row:
    """Everything measured on one answer; None where a measure does not apply, NaN where it broke."""
    answer, texts = asked.answer, {article.id: article.text for article in articles}
    facts = [proofs(support, texts) for support in question.support]
    cited = [Span(c["article_id"], c["start"], c["end"]) for c in answer["citations"]]
    answered, wanted = not answer["abstained"], question.expect == "answer"
    faults = faults_of(question, answer, {Path(article.path).name: article.id for article in articles})
    row: Row = {key: answer[key] for key in ("answer", "abstained", "standalone_question", "sentences", "citations")}
    row |= {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "expect": question.expect,
    }
    row |= {"refusal_ok": question.refusal_ok, "right": not faults, "faults": faults}
    row["lost_proofs"] = [s["quote"] for s, fact in zip(question.support, facts, strict=True) if not fact]
    row["citation_precision"] = metrics.citation_precision(cited, facts) if wanted and answered else None
    row["citation_recall"] = metrics.citation_recall(cited, facts) if wanted and answered else None
    quotes = [(c["quote"], span) for c, span in zip(answer["citations"], cited, strict=True)]
    row["verbatim"] = metrics.verbatim_share(quotes, texts) if answered else None
    shown = [s["verdict"] == "supported" and bool(s["citations"]) for s in answer["sentences"]]
    row["supported"] = metrics.mean(shown) if answered else None
    for k in (1, 3, 5):
        row[f"recall@{k}"] = metrics.recall_at_k(asked.hits, facts, k) if wanted else None
    row["mrr"] = metrics.reciprocal_rank(asked.hits, facts) if wanted else None
    row["ndcg@5"] = metrics.ndcg(asked.hits, facts, DEPTH) if wanted else None
    row["seconds"] = answer["timings_ms"]["total"] / 1000
    row["evidence_seconds"] = answer["timings_ms"]["retrieve"] / 1000
    return row | {name: answer["usage"].get(name) for name in ("prompt_tokens", "completion_tokens")}


def failed(question: Question, error: str) -> Row:
    """The row of a question that ended in an error: wrong, and named by the gate."""
    row: Row = {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "expect": question.expect,
    }
    return row | {"answer": None, "citations": [], "right": False, "faults": [error], "error": error}


def proofs(support: Mapping[str, Any], texts: Mapping[str, str]) -> Fact:
    quotes = [support["quote"], *(other["quote"] for other in support.get("or", ()))]
    return [span for quote in quotes for span in metrics.find_spans(texts, quote)]


def faults_of(question: Question, answer: Mapping[str, Any], ids: Mapping[str, str]) -> list[str]:
    """Why the answer is wrong, in words; empty when it is right. `ids` maps file names to article ids."""
    if answer["abstained"]:
        return [] if question.expect == "refuse" or question.refusal_ok else ["refused, though the archive says it"]
    if question.expect == "refuse":
        return ["answered, though the archive does not say"]
    faults = metrics.answer_faults(answer["answer"], question.answers, question.forbidden, question.yes_no)
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
    """Shares and means over the rows a measure applies to; NaN where it applies to none or broke on one."""
    wanted = [row for row in rows if row["expect"] == "answer"]
    judged = [row for row in rows if "error" not in row]
    firm = [row for row in judged if not row["refusal_ok"]]
    refusals = metrics.refusal_scores((row["expect"] == "refuse", row["abstained"]) for row in firm)

    def values(name: str) -> list[float]:
        return [row[name] for row in judged if row[name] is not None]

    summary: Row = {"questions": len(rows), "errors": len(rows) - len(judged)}
    summary["answers_right"] = metrics.mean(row["right"] for row in wanted)
    summary["refusals_right"] = metrics.mean(row["right"] for row in rows if row["expect"] == "refuse")
    summary["refusals_wrong"] = metrics.mean(row["abstained"] for row in firm if row["expect"] == "answer")
    summary |= {"refusal_precision": refusals.precision, "refusal_f1": refusals.f1}
    for name in MEANS:
        summary[name] = metrics.mean(values(name))
    for name in ("seconds", "evidence_seconds", "prompt_tokens"):
        summary[f"{name}_median"] = metrics.percentile(values(name), 50)
        summary[f"{name}_p95"] = metrics.percentile(values(name), 95)
    return summary
