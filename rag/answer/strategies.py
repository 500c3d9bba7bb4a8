"""The ways of reading by name: what turns a question and its passages into findings that are proven."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from rag.answer.llm import LanguageModel
from rag.answer.read import read_passages
from rag.answer.together import read_together
from rag.answer.weigh import Finding
from rag.config import Reading
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.schema import Step

Strategy: TypeAlias = Callable[
    [str, Sequence[Passage], LanguageModel, Meaning, Mapping[str, float]], Iterator[Step | Finding]
]

STRATEGIES: Mapping[Reading, Strategy] = {"apart": read_passages, "together": read_together}
"""For small models, to which each passage is one question with a prompt that is mostly read before; and for large ones,
for which one request with all of them is quicker and lets them be compared."""
