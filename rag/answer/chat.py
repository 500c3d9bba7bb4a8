"""Follow-ups: a question that leans on what was said before is made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.llm import LanguageModel
from rag.answer.pointers import pointed_out
from rag.answer.prompts import CONDENSING, condensing_turns
from rag.schema import Turn
from rag.words import content_words, fold, names, stem, words

REMEMBERED = 4  # messages of the conversation the model sees: two questions with their answers
REMEMBERED_CHARACTERS = 600  # of each; an answer of three sentences has fewer
QUESTION_TOKENS = 60
_MARK = re.compile(r"\s*\[\d+\]")
# Words that point back at something said before, and openings that continue a thought.
_POINTERS = frozenset(
    "he him his she her hers it its they them their theirs there then that this those these same one ones both".split()
)
_CONTINUES = re.compile(
    r"^\s*(and|but|so|or|also|what about|how about|what else|who else|where else|why|since when)\b", re.I
)
_INSTEAD = re.compile(
    r"^(?:and|but|or|what about|how about)(?:,)?\s+"
    r"(?P<lead>(?:in|at|to|from|for|by|with|of|on)\s+)?(?P<name>(?!(?:who|whom|whose|what|when|where|why|how|which)\b)[^\W\d_][^?]*?)\s*\?*$",
    re.I,
)
SHORT = 2  # content words: fewer cannot name both who and what


def standalone(question: str, history: Sequence[Turn], model: LanguageModel) -> str:
    """The question as it would be asked by someone who had not heard the conversation."""
    if not history or not leans_back(question):
        return question
    if exchanged := _exchange(question, history):
        return exchanged
    remembered = [
        Turn(turn.role, _MARK.sub("", turn.content)[:REMEMBERED_CHARACTERS]) for turn in history[-REMEMBERED:]
    ]
    rewritten = model.reply(CONDENSING, condensing_turns(remembered, question), "condense", QUESTION_TOKENS)
    rewritten = rewritten.splitlines()[0].strip() if rewritten else ""
    faithful = _is_faithful(rewritten, question, remembered)
    return pointed_out(rewritten if faithful else question, remembered)


def _exchange(question: str, history: Sequence[Turn]) -> str | None:
    """ "And in Venezuela?" after "Whom did he meet in Brazil?": the last question with one name for another.

    None where the question is of another form, or the last one has no name in that place.
    """
    found = _INSTEAD.match(question)
    before = [turn.content for turn in history if turn.role == "user"]
    if not found or not before or not names(f"is {found['name']}"):
        return None
    last = standalone_by_exchange(before)
    lead = re.escape(found["lead"].strip()) + r"\s+" if found["lead"] else ""
    places = list(re.finditer(rf"(?<!^){lead}(?P<name>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)", last))
    if not places:
        return None
    start, end = places[-1 if found["lead"] else 0].span("name")
    return last[:start] + found["name"] + last[end:]


def standalone_by_exchange(questions: Sequence[str]) -> str:
    """The last of the user's questions with its own exchanges made, back to one that stands alone."""
    *earlier, last = questions
    return (_exchange(last, [Turn("user", one) for one in earlier]) if earlier else None) or last


def leans_back(question: str) -> bool:
    """Whether a question needs the conversation: it points back, continues, or says too little by itself."""
    said = {fold(word) for word in words(question)}
    return bool(said & _POINTERS) or bool(_CONTINUES.match(question)) or len(content_words(question)) < SHORT


def _is_faithful(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """A rewriting has only names of the conversation, is of like length and one question, and keeps to the one asked.

    The conversation is text like any other: what it orders must not become the question.
    """
    said = [question, *(turn.content for turn in history)]
    known = {fold(word).replace(".", "") for text in said for word in words(text)}
    whole = fold(_CONTINUES.sub("", question).strip(" ,?"))
    wrapped = whole in fold(rewritten) and not fold(rewritten).startswith(whole)
    short = len(rewritten) < 4 * len(question) + 200
    own = {stem(word) for word in content_words(question)}
    kept = not own or bool(own & {stem(word) for word in content_words(rewritten)})
    return bool(rewritten) and short and not wrapped and kept and set(names(rewritten)) <= known
