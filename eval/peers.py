"""Dateline beside others on the same articles and questions: `python -m eval.peers --corpus DIR|FILE --questions FILE`.

bm25, dense: one sentence of all is the answer, that which BM25 or the vectors of the embedding model put first.
starter: LlamaIndex's own (SentenceSplitter, VectorStoreIndex on Chroma, CitationQueryEngine, all at their defaults),
with Dateline's embedding model, its language model, and the articles as Dateline has cleaned them.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from eval import archives, evidence, metrics, results
from eval.peer_engines import PEERS, Peer, Quote, Said
from eval.questions import QUESTIONS, Question, load_questions, spread
from rag.config import BUNDLED_CORPUS, load_settings
from rag.errors import DatelineError
from rag.schema import Article


@dataclass(frozen=True)
class Judged:
    """What a peer said to a question, whether that is right, whether it cited a proof, and how long it took."""

    peer: str
    id: str
    answer: str
    right: bool
    rightly_cited: bool
    refused: bool
    seconds: float


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=BUNDLED_CORPUS, metavar="DIR|FILE")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl")
    parser.add_argument("--limit", type=int, metavar="N", help="only N questions, spread over the file")
    parser.add_argument("--peer", action="append", choices=list(PEERS), help="only this one; may be given again")
    parser.add_argument("--model", metavar="NAME|FILE.gguf", help="another language model, for all that have one")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT")
    args = parser.parse_args(argv)
    try:
        return compare(args)
    except DatelineError as error:
        print(f"eval.peers: {error}", file=sys.stderr)
        return error.exit_status


def compare(args: argparse.Namespace) -> int:
    from rag.answer.llm import open_language_model

    settings = load_settings(model=args.model)
    questions = spread(load_questions(args.questions), args.limit)
    chosen = [name for name in PEERS if args.peer is None or name in args.peer]
    judged: list[Judged] = []
    ready: dict[str, float] = {}
    with archives.open_asked(settings, args.corpus) as archive, open_language_model(settings) as model:
        articles = archive.store.articles()
        for name in chosen:
            print(f"{name} ...", file=sys.stderr, flush=True)
            with ExitStack() as stack:
                began = time.perf_counter()
                peer = PEERS[name](archive, model, stack)
                ready[name] = time.perf_counter() - began
                judged += [ask(name, peer, question, articles) for question in questions]
        print(table(judged, ready))
        if args.json_out:
            of = results.about(
                model=model.name,
                questions=args.questions,
                corpus=archives.corpus_hash(args.corpus),
                articles=len(articles),
            )
            rows = [asdict(one) for one in judged]
            results.write_json(args.json_out, {"about": of, "seconds_to_get_ready": ready, "rows": rows})
    return 0


def ask(name: str, peer: Peer, question: Question, articles: Sequence[Article]) -> Judged:
    """Puts the question and judges; one that ends in an error is wrong, with the error for its answer."""
    began = time.perf_counter()
    try:
        said = peer(question)
    except DatelineError as error:
        said = Said(str(error), ())
    seconds = time.perf_counter() - began
    cited = not said.refused and any(vouches(quote, question, articles) for quote in said.quotes)
    return Judged(name, question.id, said.text, is_right(said, question), cited, said.refused, seconds)


def is_right(said: Said, question: Question) -> bool:
    """By the words of the answer. To a question without an answer one that cites nothing is taken for a refusal: the
    starter has no other way to say so."""
    if question.expect == "refuse":
        return said.refused or not said.quotes
    if said.refused:
        return question.refusal_ok
    how = metrics.says_words if question.by_words else metrics.says
    return metrics.answer_right(said.text, question.answers, question.forbidden, question.yes_no, how)


def vouches(quote: Quote, question: Question, articles: Sequence[Article]) -> bool:
    """Whether a passage cited is of an article that holds the answer or says it itself; for a question of ours, whether
    it has the proof in it, or stands within it."""
    if question.by_words:
        held = evidence.holders(question.sources, articles)
        return quote.article_id in held or evidence.says_any(quote.text, question)
    proofs = [proof["quote"] for support in question.support for proof in (support, *support.get("or", ()))]
    passage = " ".join(quote.text.split())
    whole = [" ".join(proof.split()) for proof in proofs]
    return bool(passage) and any(proof in passage or passage in proof for proof in whole)


def table(judged: Sequence[Judged], ready: Mapping[str, float]) -> str:
    """A line a peer: how many right, rightly cited and refused, seconds a question (median) and to get ready."""
    lines = [f"{'':10}{'asked':>7}{'right':>7}{'rightly cited':>15}{'refused':>9}{'seconds':>9}{'to get ready':>14}"]
    for name in ready:
        rows = [row for row in judged if row.peer == name]
        right, cited = sum(row.right for row in rows), sum(row.rightly_cited for row in rows)
        refused = sum(row.refused for row in rows)
        seconds = metrics.percentile((row.seconds for row in rows), 50)
        lines.append(f"{name:10}{len(rows):7}{right:7}{cited:15}{refused:9}{seconds:9.2f}{ready[name]:14.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    sys.exit(main())
