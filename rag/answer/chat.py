"""Follow-ups: a question that leans on what was said before is made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.llm import LanguageModel
from rag.answer.prompts import CONDENSING, condensing_turns
from rag.schema import Turn
from rag.words import content_words, fold, names, words

REMEMBERED = 4  # messages of the conversation the model sees: two questions with their answers
QUESTION_TOKENS = 60
_MARK = re.compile(r"\s*\[\d+\]")
# Words that point back at something said before, and openings that continue a thought.
_POINTERS = frozenset(
    "he him his she her hers it its they them their theirs there then that this those these same one ones both".split()
)
_CONTINUES = re.compile(r"^\s*(and|but|so|or|also|what about|how about|what else|who else|where else|why|since when)\b", re.I)
SHORT = 2  # content words: fewer cannot name both who and what


def standalone(question: str, history: Sequence[Turn], model: LanguageModel) -> str:
    """The question as it would be asked by someone who had not heard the conversation."""
    if not history or not leans_back(question):
        return question
    remembered = [Turn(turn.role, _MARK.sub("", turn.content)) for turn in history[-REMEMBERED:]]
    rewritten = model.reply(CONDENSING, condensing_turns(remembered, question), "condense", QUESTION_TOKENS)
    rewritten = rewritten.splitlines()[0].strip() if rewritten else ""
    return rewritten if _is_faithful(rewritten, question, remembered) else question


def leans_back(question: str) -> bool:
    """Whether a question needs the conversation: it points back, continues, or says too little to stand alone."""
    said = {fold(word) for word in words(question)}
    return bool(said & _POINTERS) or bool(_CONTINUES.match(question)) or len(content_words(question)) < SHORT


def _is_faithful(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """A rewriting may only bring in names that the conversation has, and must stay a question of like length."""
    known = {fold(word) for turn in history for word in words(turn.content)} | {fold(word) for word in words(question)}
    return bool(rewritten) and len(rewritten) < 4 * len(question) + 200 and set(names(rewritten)) <= known
