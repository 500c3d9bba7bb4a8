"""What the page asks of the desk, for whoever asks it: to keep, to reopen, to judge and to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rag.clock import utc_now
from rag.desk.cited import standings
from rag.desk.conversations import Conversations
from rag.desk.database import DeskFile
from rag.desk.index_version import index_version
from rag.desk.pack import pack_conversation
from rag.desk.pack_file import written
from rag.desk.pack_markdown import to_plain_text
from rag.desk.recording import recorded
from rag.desk.records import Fault, Feedback, Place, Thumb
from rag.errors import DatelineError, DeskError
from rag.index.store import Store
from rag.schema import EVERYTHING, Event, Filters, Turn
from ui.conversations import FAULTS, file_name
from ui.exchange import Ask, Exchange, converse
from ui.reopened import reopened

NOT_HERE = "This conversation is not here any more; it may have been deleted."
Said = tuple[Exchange, ...]


@dataclass(frozen=True)
class Desk:
    """`model` gives the name of what reads; an owner is a user's name, or None where nobody logs in."""

    file: DeskFile
    store: Store
    model: Callable[[], str]

    def of(self, owner: str | None) -> Conversations:
        return Conversations(self.file, owner)

    def converse(
        self, ask: Ask, question: str, so_far: Said, owner: str | None, filters: Filters = EVERYTHING
    ) -> Iterator[Said]:
        """As `exchange.converse`, with everything kept. What another tab has added meanwhile comes along."""
        try:
            so_far = self._caught_up(so_far, owner)
            place = self.of(owner).begin(question, _conversation(so_far))
            version = index_version(self.store)
        except DatelineError as error:
            yield (*so_far, Exchange(question, filters, trouble=str(error)))
            return

        def keeping(asked: str, history: tuple[Turn, ...], only: Filters = EVERYTHING, /) -> Iterator[Event]:
            return recorded(asked, ask(asked, history, only), self.of(owner), place, self.model(), version)

        yield from converse(keeping, question, so_far, filters, place)

    def open(self, conversation: str, owner: str | None) -> Said:
        """Raises DeskError if it is not there, or another's."""
        found = self.of(owner).get(conversation)
        if found is None:
            raise DeskError(NOT_HERE)
        ids = {hit.article_id for kept in found.exchanges if kept.answer for hit in kept.answer.evidence}
        articles = {id: article for id in ids if (article := self.store.article(id))}
        return tuple(
            reopened(conversation, kept, standings(kept.cited, self.store), articles) for kept in found.exchanges
        )

    def judge(self, so_far: Said, asked: dict[str, Any], owner: str | None) -> Said:
        """The conversation with that exchange judged; the same thumb again takes the judgement back."""
        at = _position(asked)
        now = next((each for each in so_far if each.place and each.place.position == at), None)
        if now is None or now.place is None:
            raise DeskError(NOT_HERE)
        thumb: Thumb | None = {"up": "up", "down": "down"}.get(str(asked.get("thumb")))  # type: ignore[assignment]
        fault: Fault | None = asked.get("fault") if asked.get("fault") in FAULTS else None
        reason = str(asked.get("reason") or "")
        self.of(owner).rate(now.place, thumb, fault, reason)
        feedback = Feedback(thumb, fault, reason, utc_now()) if thumb else None
        return tuple(replace(each, feedback=feedback) if each is now else each for each in so_far)

    def taken(self, so_far: Said, asked: dict[str, Any], owner: str | None) -> tuple[str, str]:
        """The name of a file and its text: of one exchange, or of the conversation; "" is the clipboard's name."""
        conversation = _conversation(so_far)
        found = self.of(owner).get(conversation) if conversation else None
        if found is None:
            raise DeskError(NOT_HERE)
        pack = pack_conversation(found, utc_now(), _position(asked) or None)
        suffix = str(asked.get("as"))
        if suffix == "copy":
            return "", "\n\n".join(map(to_plain_text, pack.exchanges))
        return file_name(pack.title, suffix), written(pack, suffix)

    def _caught_up(self, so_far: Said, owner: str | None) -> Said:
        conversation = _conversation(so_far)
        if conversation is None:
            return so_far
        found = self.of(owner).get(conversation)
        return so_far if found and len(found.exchanges) == len(so_far) else self.open(conversation, owner)


def _conversation(so_far: Said) -> str | None:
    places: list[Place] = [each.place for each in so_far if each.place]
    return places[-1].conversation if places else None


def _position(asked: dict[str, Any]) -> int:
    """Counted from 1; 0 is none of them."""
    at = str(asked.get("at") or "")
    return int(at) if at.isdecimal() and len(at) < 10 else 0
