"""The steps from a question to its answer that can be switched off, one at a time, to see what each is worth.

Each is one named function or constant of the program, which something that does nothing stands in for meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from rag import pipeline
from rag.answer import choose, kinds, named, read, roles, verify, weigh
from rag.answer.agree import Support
from rag.answer.chat import standalone
from rag.index import passages, retrieve
from rag.index.meaning import Meaning
from rag.index.passages import Passage, find_passages
from rag.index.store import Store
from rag.index.vectors import Vectors
from rag.ingest.calendar_days import Days
from rag.schema import Article, Hit, SaidBy, Sentence

ALL_ON = "(everything on)"


@dataclass(frozen=True)
class Step:
    """`instead` has what stands in for it: an owner, the name there, and the value for as long as it is off."""

    group: str
    name: str
    instead: tuple[tuple[Any, str, Any], ...]

    @contextmanager
    def off(self) -> Iterator[None]:
        with ExitStack() as stack:
            for owner, name, value in self.instead:
                stack.enter_context(patch.object(owner, name, value))
            yield


def gives(value: Any) -> Callable[..., Any]:
    """A function that always says the same."""
    return lambda *_, **__: value


def hits_as_found(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[Hit]:
    return list(hits)


def in_their_order(question: str, hits: Sequence[Hit], *rest: Any) -> list[Passage]:
    """The sentences as they stand in the hits, the best hit first."""
    order = {hit.article_id: place for place, hit in reversed(list(enumerate(hits)))}
    found = find_passages(question, hits, *rest)
    return sorted(found, key=lambda passage: (order[passage.article.id], passage.focus.start))


def of_any_day(found: Sequence[Passage], spans: Sequence[Days]) -> list[Passage]:
    return list(found)


def as_asked(question: str, *_: Any) -> str:
    return question


def as_one(question: str) -> list[str]:
    return [question]


def untitled(passage: Passage) -> str:
    return " ".join(passage.lines[1:])


def undated(text: str, sentence: Sentence) -> str:
    return text[sentence.start : sentence.end]


def alone(sentence: Sentence, article: Article) -> tuple[Sentence, ...]:
    return (sentence,)


def as_drafted(question: str, draft: str, quotes: Sequence[str], around: Sequence[str], meaning: Meaning) -> str:
    return draft


def all_asked(question: str) -> tuple[str, str]:
    return "", question


def as_found(finding: weigh.Finding, question: str, meaning: Meaning) -> weigh.Finding:
    return finding


def all_pass(
    question: str, draft: str, passage: Passage, proof: verify.Proof, meaning: Meaning
) -> tuple[str, tuple[Sentence, ...], str]:
    return draft, proof.quotes, ""


NOTHING, NONE, EMPTY = gives([]), gives(None), gives(set())
NOBODY_ELSE = gives(Support((), (), SaidBy(1, 1)))
ROLES = ("other_doer", "_other_filler", "other_plan", "_lost_hedge", "_twice")


def both(name: str, value: Any) -> tuple[tuple[Any, str, Any], ...]:
    """A rule that also decides, before, whether a passage is worth reading."""
    return (weigh, name, value), (choose, name, value)


def step(group: str, name: str, *instead: tuple[Any, str, Any]) -> Step:
    for owner, attribute, _ in instead:
        getattr(owner, attribute)  # a step that was renamed is missed here, not in the table
    return Step(group, name, instead)


def all_steps() -> list[Step]:
    """Every step, in the order of a question's way. Raises AttributeError for one that the program no longer has."""
    return [
        step("find", "follow-ups made to stand alone", (pipeline, standalone.__name__, as_asked)),
        step("find", "two questions in one taken apart", (pipeline, "parts", as_one)),
        step("find", "names in small letters", (pipeline, "with_names", as_asked)),
        step("find", "words it quotes", (retrieve, "quoted", NOTHING), (passages, "quoted", NOTHING)),
        step("find", "BM25", (Store, "bm25", NOTHING)),
        step("find", "vectors", (Vectors, "nearest", NOTHING)),
        step("find", "chunks ranked by the words asked", (retrieve, "COVERAGE_WEIGHT", 0.0)),
        step("find", "copies folded", (retrieve, "fold_copies", hits_as_found)),
        step("find", "nearer days first", (retrieve, "RECENCY_WEIGHT", 0.0), (passages, "RECENCY_WEIGHT", 0.0)),
        step("find", "only of the span of days asked", (pipeline, "of_days", of_any_day)),
        step("read", "sentences ranked", (pipeline, "find_passages", in_their_order)),
        step("read", "… by meaning", (Passage, "score", property(lambda passage: passage.words))),
        step("read", "… by words", (Passage, "score", property(lambda passage: passage.meaning))),
        step("read", "title over the passage", (Passage, "prompt", property(untitled))),
        step("read", "dates written out in it", (passages, "dated", undated)),
        step("read", "the sentence before in it", (passages, "_window", alone)),
        step("read", "whether somebody was the one (opened)", (read, "opened", NONE)),
        step("read", "several passages (only the first)", (choose, "READ", 1)),
        step("read", "stopping when sure", (read, "ENOUGH", 2.0)),
        step("read", "far-off passages left unread", (choose, "READABLE", 0.0)),
        step("read", "hopeless passages left unread", (choose, "could_answer", gives(True))),
        step("check", "all checks", (weigh, "judge", all_pass)),
        step("check", "negation", (verify, "denial", NONE)),
        step("check", "figures of something else", (verify, "other_figure", NONE), (verify, "only_a_part", NONE)),
        step("check", "what is only claimed", (verify, "only_claimed", NONE)),
        step("check", "who says it", (verify, "other_speaker", NONE)),
        step("check", "conditions", (roles, "lost_condition", NONE)),
        step("check", "numbers", (verify, "numbers", EMPTY), (weigh, "contradicted", NONE)),
        step("check", "… of the draft: numbers", (verify, "numbers", EMPTY)),
        step("check", "… of the question: contradicted", (weigh, "contradicted", NONE)),
        step("check", "strict_words", (verify, "strict_words", EMPTY)),
        step("check", "a last called so (lacks_last)", (weigh, "lacks_last", gives(False))),
        step("check", "days of the question (lacking_dates)", *both("lacking_dates", NONE)),
        step("check", "names of the draft", (verify, "_names_of", NOTHING)),
        step("check", "whom a pronoun means", (verify, "antecedent", NONE)),
        step("check", "names of the question (unmet_names)", *both("unmet_names", NOTHING)),
        step("check", "… names of several words (scattered)", (named, "scattered", NOTHING)),
        step("check", "… a setting told apart (setting_and_asking)", (named, "setting_and_asking", all_asked)),
        step("check", "a country, money, a place (lacks_sort)", (weigh, "lacks_sort", NONE)),
        step("check", "… what came of it (lacks_outcome)", (kinds, "lacks_outcome", NONE)),
        step("check", "a sentence beside the question (beside)", (weigh, "beside", gives(False))),
        step("check", "roles", *((roles, name, NONE) for name in ROLES)),
        *(step("check", f"… {name}", (roles, name, NONE)) for name in ROLES),
        step("check", "other_owner", *((room, "other_owner", NONE) for room in (roles, verify, weigh))),
        step("check", "mistaken_holder", (verify, "mistaken_holder", NONE)),
        step("check", "offices", (verify, "offices", EMPTY)),
        step("check", "meaning of the other words", (verify, "grounding", gives(1.0))),
        step("check", "share_held", (weigh, "share_held", gives(1.0))),
        step("check", "the kind of thing asked for", *both("gives", gives(True))),
        step("check", "yes or no settled", (weigh, "settle", as_drafted)),
        step("show", "what is proven of a draft", (weigh, "core", NONE)),
        step("show", "what only echoes the question cut (without_echo)", (read, "without_echo", NONE)),
        step("show", "agreement of passages", (read, "votes", gives(0.0))),
        step("show", "confidence", (read, "SHOWN", 0.0)),
        step("show", "full names", (read, "called_in_full", as_found)),
        step("show", "who else says so", (pipeline, "support", NOBODY_ELSE)),
        step("show", "who says otherwise", (pipeline, "difference", NONE)),
        step("show", "out of scope told", (pipeline, "out_of_scope", NONE)),
    ]
