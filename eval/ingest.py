"""How fast articles go in, beside LlamaIndex's own starter: `python -m eval.ingest --articles FILE.jsonl`.

The same articles, one a line with "title" and "text", become files of a folder, which `dateline index` takes in, and
which the starter reads with SentenceSplitter and VectorStoreIndex on Chroma, everything at its default but the
embedding model, which is the same. Each runs in a process of its own and starts from nothing; the time to load the
libraries and the model is told apart. Seconds belong to the machine and to what else runs on it, so the seconds of
processor time stand beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.results import machine, write_json
from rag.config import DEFAULT_EMBEDDER, load_settings
from rag.errors import UsageError

ROUTES = ("dateline", "starter")


@dataclass(frozen=True)
class Ingest:
    """What one of them did: seconds on the clock and of the processor from the first file to the last vector,
    tokens of the texts given to the embedding model and those within its limit, peak memory in GiB."""

    articles: int
    chunks: int
    seconds: float
    cpu_seconds: float
    start_seconds: float
    tokens: int
    seen_tokens: int
    peak_gb: float


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.ingest", description=__doc__)
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl", required=True)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N")
    parser.add_argument("--times", type=int, default=1, metavar="N", help="so many unlike versions of each article")
    parser.add_argument("--only", choices=ROUTES, help="only one of the two")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT")
    parser.add_argument("--run", choices=ROUTES, help=argparse.SUPPRESS)  # what a process of its own is told
    args = parser.parse_args(argv)
    if args.run:
        print(json.dumps(asdict(RUNS[args.run](args.articles))))
        return 0
    with tempfile.TemporaryDirectory(prefix="dateline-ingest-") as folder:
        news = Path(folder) / "news"
        news.mkdir()
        for number, text in enumerate(versions(stories(args.articles, args.limit), args.times)):
            (news / f"{number:06}.txt").write_text(text, encoding="utf-8")
        done = {route: in_own_process(route, news) for route in ROUTES if args.only in (None, route)}
    print(table(done))
    if args.json_out:
        write_json(args.json_out, {"machine": machine(), **{route: asdict(run) for route, run in done.items()}})
    return 0


def stories(path: Path, limit: int | None) -> list[str]:
    """Title and text of each line; raises UsageError for a line that has none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[:limit], start=1):
        try:
            row = json.loads(line)
            found.append(f"{row['title']}\n\n{row['text']}\n")
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path.name}, line {number}: no title and text in it ({error})") from error
    return found


def versions(texts: Sequence[str], times: int) -> Iterable[str]:
    """Each text, and its paragraphs begun from another place and numbered, so that no version's are another's."""
    for turn in range(times):
        for text in texts:
            title, _, story = text.partition("\n\n")
            parts = story.split("\n\n")
            at = turn * len(parts) // times
            turned = [*parts[at:], *parts[:at]]
            yield text if not turn else f"{title} {turn}\n\n" + "\n\n".join(f"{turn}. {part}" for part in turned)


def in_own_process(route: str, news: Path) -> Ingest:
    """Runs one of the two on a folder. Raises SystemExit with its last words if it fails."""
    print(f"{route} ...", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "eval.ingest", "--articles", str(news), "--run", route],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{route} ended with status {done.returncode}; nothing was measured")
    return Ingest(**json.loads(done.stdout.splitlines()[-1]))


def table(done: dict[str, Ingest]) -> str:
    rows: dict[str, Callable[[Ingest], str]] = {
        "articles": lambda run: f"{run.articles}",
        "articles/s": lambda run: f"{run.articles / run.seconds:.2f}",
        "chunks": lambda run: f"{run.chunks}",
        "chunks/s": lambda run: f"{run.chunks / run.seconds:.1f}",
        "seconds": lambda run: f"{run.seconds:.1f}",
        "processor seconds": lambda run: f"{run.cpu_seconds:.1f}",
        "seconds to start": lambda run: f"{run.start_seconds:.1f}",
        "tokens seen/s": lambda run: f"{run.seen_tokens / run.seconds:.0f}",
        "text seen": lambda run: f"{run.seen_tokens / max(run.tokens, 1):.1%}",
        "peak memory, GiB": lambda run: f"{run.peak_gb:.2f}",
    }
    lines = [f"{'':20}" + "".join(f"{name:>12}" for name in done)]
    lines += [f"{name:20}" + "".join(f"{tell(run):>12}" for run in done.values()) for name, tell in rows.items()]
    if len(done) == len(ROUTES):
        ours, theirs = (run.articles / run.seconds for run in done.values())
        lines.append(f"Dateline takes in {ours / theirs:.2f} times the starter's articles a second,")
        ours, theirs = (run.articles / run.cpu_seconds for run in done.values())
        lines.append(f"and {ours / theirs:.2f} times as many a second of processor time.")
    return "\n".join(lines)


def run_dateline(news: Path) -> Ingest:
    from dataclasses import replace

    from rag.index.archive import Archive
    from rag.indexing import build_index
    from rag.progress import articles as progress

    began = time.perf_counter()
    settings = replace(load_settings(), home=news.parent / "home")
    archive = Archive(settings)
    archive.embedder.get_text_embedding("ready")
    archive.vectors.ids()
    clock = Clock(began)
    with progress("dateline") as report:
        build_index([news], archive, report)
    seconds, cpu = clock.stop()
    peak = peak_gb()
    ids = archive.store.chunk_ids()
    tokens, seen = tokens_of(archive.store.headed_texts(ids).values())
    count = len(archive.store.articles())
    archive.close()
    return Ingest(count, len(ids), seconds, cpu, clock.start_seconds, tokens, seen, peak)


def run_starter(news: Path) -> Ingest:
    """The starter of LlamaIndex's documentation, with Chroma and the model named, all else left as it is."""
    import chromadb
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from rag.models import ensure_model

    began = time.perf_counter()
    embedder = HuggingFaceEmbedding(model_name=str(ensure_model(DEFAULT_EMBEDDER, load_settings())), device="cpu")
    embedder.get_text_embedding("ready")
    client = chromadb.PersistentClient(path=str(news.parent / "starter"))
    collection = client.get_or_create_collection("starter")
    clock = Clock(began)
    documents = SimpleDirectoryReader(str(news)).load_data()
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    VectorStoreIndex.from_documents(
        documents, storage_context=storage, transformations=[SentenceSplitter()], embed_model=embedder
    )
    seconds, cpu = clock.stop()
    peak = peak_gb()
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    tokens, seen = tokens_of(node.get_content() for node in nodes)
    return Ingest(len(documents), len(nodes), seconds, cpu, clock.start_seconds, tokens, seen, peak)


RUNS: dict[str, Callable[[Path], Ingest]] = {"dateline": run_dateline, "starter": run_starter}


class Clock:
    """Seconds since it was made, on the wall and of the processor, with those of ended children."""

    def __init__(self, began: float) -> None:
        self._wall, self._cpu = time.perf_counter(), _cpu_seconds()
        self.start_seconds = self._wall - began

    def stop(self) -> tuple[float, float]:
        return time.perf_counter() - self._wall, _cpu_seconds() - self._cpu


def tokens_of(texts: Iterable[str]) -> tuple[int, int]:
    """How many tokens the texts have, and how many of them the embedding model reads."""
    from tokenizers import Tokenizer

    from rag.models import ensure_model

    folder = ensure_model(DEFAULT_EMBEDDER, load_settings())
    limit = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lengths = [len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts))]
    return sum(lengths), sum(min(length, limit) for length in lengths)


def peak_gb() -> float:
    """The most that this process has held, and the largest of its children."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, KiB elsewhere
    held = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(held) * unit / 2**30


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    sys.exit(main())
