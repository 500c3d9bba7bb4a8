"""Data flows one way: a room imports only rooms before it, and starting up imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (
    "rag",
    "rag.schema",
    "rag.errors",
    "rag.words",
    "rag.numerals",
    "rag.filters",
    "rag.safe_text",
    "rag.addresses",
    "rag.clock",
    "rag.config",
    "rag.registry",
    "rag.progress",
    "rag.pull",
    "rag.models",
    "rag.ingest",
    "rag.index",
    "rag.survey",
    "rag.indexing",
    "rag.doctor",
    "rag.answer",
    "rag.pipeline",
    "rag.examples",
    "rag.terminal",
    "rag.batch",
    "rag.one_at_a_time",
    "rag.programs",
    "rag.tools",
    "rag.keeping",
    "rag.desk",
    "rag.serving",
    "eval",
    "ui",
    "rag.commands",
    "rag.cli",
)
HEAVY = (
    "chromadb",
    "docx",
    "feedparser",
    "gradio",
    "htmldate",
    "llama_index",
    "lxml",
    "mcp",
    "onnx",
    "onnxruntime",
    "openai",
    "pypdf",
    "sentence_transformers",
    "torch",
    "trafilatura",
    "transformers",
    "xllamacpp",
)


def modules() -> dict[str, Path]:
    """Every module of ours, by its dotted name."""
    found = {}
    for path in sorted(path for top in ("rag", "ui", "eval") for path in (ROOT / top).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: set[str]) -> set[str]:
    """The modules of ours that one imports, at its top or inside a function."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    wanted: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            wanted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*base, node.module] if node.module else base)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                wanted.add(inner if inner in known else source)
    return (wanted & known) - {name}


def room(name: str) -> str:
    return max((room for room in ROOMS if name == room or name.startswith(f"{room}.")), key=len)


MODULES = modules()
IMPORTS = {name: imports(name, path, set(MODULES)) for name, path in MODULES.items()}


def test_every_module_has_its_place_in_the_order() -> None:
    assert [name for name in MODULES if room(name) == "rag" and name != "rag"] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_room_imports_only_rooms_before_it(name: str) -> None:
    here = ROOMS.index(room(name))
    assert {other for other in IMPORTS[name] if ROOMS.index(room(other)) > here} == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert set(TopologicalSorter(IMPORTS).static_order()) == set(MODULES)


def test_nobody_imports_the_door() -> None:
    assert {name for name, wanted in IMPORTS.items() if "rag.cli" in wanted} == set()


def test_the_rule_sees_imports_of_every_form(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "import rag.errors\nfrom rag import config\nfrom . import store\n"
        "from .vectors import x\nfrom ..schema import Hit\ndef f():\n    from rag.models import y\n"
    )
    known = {"rag.errors", "rag.config", "rag.index.store", "rag.index.vectors", "rag.schema", "rag.models"}
    assert imports("rag.index.retrieve", path, known) == known


@pytest.mark.parametrize(
    "name", ["rag.schema", "rag.models", "rag.pipeline", "rag.terminal", "rag.commands", "rag.cli"]
)
def test_starting_imports_nothing_heavy(name: str) -> None:
    if name not in MODULES:
        pytest.skip("not written yet")
    code = f"import sys, {name}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.split() == []
