"""The people of the load test: an article and questions of their own each, and what comes of each call they make."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import httpx

Kind = Literal["search", "ask"]
End = Literal["answered", "busy", "another's", "lost"]

HEADS = "Ard Bel Cor Dun Ell Fal Gar Hol Ives Kel Lin Mar Nor Oak Pol Quin".split()
TAILS = "bury combe dale ford gate ham ley minster port stead ton wick".split()
THINGS = "bridge school library harbour theatre market station museum".split()
PATIENCE_S = 900.0
"""Longer than the whole line takes on a slow machine: who is not answered then is lost."""
BUSY = "questions are waiting already"


@dataclass(frozen=True)
class Person:
    """`town` is in one article only, of which the questions are; `number` is the one in its first sentence."""

    name: str
    town: str
    number: int
    thing: str

    @property
    def article(self) -> str:
        return (
            f"{self.town} pays for its {self.thing}\n\nPublished on June 3, 2021\n\n"
            f"The council of {self.town} paid {self.number} million euros for the new {self.thing} of {self.town}.\n\n"
            f"Masons and divers worked on the {self.thing} for {self.number % 7 + 2} years, the council said.\n"
        )

    def asks(self, kind: Kind, turn: int) -> str:
        if kind == "ask":
            return f"How many million euros did the council of {self.town} pay for the new {self.thing}?"
        return (f"{self.town} council {self.thing}", f"Who worked on the {self.thing} of {self.town}?")[turn % 2]


@dataclass(frozen=True)
class Call:
    """`began` and `seconds` by the monotonic clock; `said` is what came in place of an answer."""

    kind: Kind
    question: str
    began: float
    seconds: float
    end: End
    said: str = ""

    @property
    def wrong(self) -> bool:
        return self.end in ("another's", "lost")


def people(count: int, seed: int = 7) -> list[Person]:
    """So many people of unlike towns, in an order of chance that is the same each time."""
    towns = [head + tail for head in HEADS for tail in TAILS]
    if count > len(towns):
        raise SystemExit(f"there are {len(towns)} towns; take no more people")
    random.Random(seed).shuffle(towns)
    return [Person(f"reader{n:03}", towns[n], 100 + n, THINGS[n % len(THINGS)]) for n in range(count)]


async def log_in(address: str, person: Person, password: str) -> httpx.AsyncClient:
    """A session of their own, as a browser has one."""
    import httpx

    client = httpx.AsyncClient(base_url=address, timeout=PATIENCE_S, trust_env=False)
    reply = await client.post("/login", data={"username": person.name, "password": password})
    reply.raise_for_status()
    return client


async def visit(client: httpx.AsyncClient, person: Person, seconds: float, think: float, asks: float) -> list[Call]:
    """Calls, with time to think between them, until the time is over; the last one is waited for."""
    chance, calls = random.Random(person.name), list[Call]()
    until = time.monotonic() + seconds
    while True:
        await asyncio.sleep(think * chance.uniform(0.5, 1.5))
        if time.monotonic() >= until:
            return calls
        kind: Kind = "ask" if chance.random() < asks else "search"
        calls.append(await call(client, person, kind, person.asks(kind, len(calls))))


async def call(client: httpx.AsyncClient, person: Person, kind: Kind, question: str) -> Call:
    import httpx

    began = time.monotonic()
    values: list[Any] = [question, None, None, None, None] if kind == "ask" else [question, 5, None, None, None]
    try:
        event, data = await _reply(client, kind, values)
    except (httpx.HTTPError, ValueError) as error:
        return Call(kind, question, began, time.monotonic() - began, "lost", repr(error))
    end, said = judged(person, question, event, data)
    return Call(kind, question, began, time.monotonic() - began, end, said)


def judged(person: Person, question: str, event: str, data: Any) -> tuple[End, str]:
    """How a call ended, from the last event of its reply: whether the question and the evidence are the person's."""
    if event != "complete":
        said = str(data.get("error") if isinstance(data, dict) else data)
        return ("busy" if BUSY in said else "lost"), said
    reply = data[0]
    passages = reply.get("hits", reply.get("evidence", ()))
    cited = [citation["quote"] for citation in reply.get("citations", ())]
    own = [reply["question"] == question, any(person.town in passage["text"] for passage in passages[:1])]
    own += [any(person.town in quote for quote in cited)] if cited else []
    return ("answered", "") if all(own) else ("another's", json.dumps(reply, ensure_ascii=False)[:500])


async def _reply(client: httpx.AsyncClient, kind: Kind, values: list[Any]) -> tuple[str, Any]:
    """The last event of a call of the page's API, and its data. Raises ValueError if it ended without one."""
    begun = await client.post(f"/gradio_api/call/{kind}", json={"data": values})
    begun.raise_for_status()
    event = ""
    async with client.stream("GET", f"/gradio_api/call/{kind}/{begun.json()['event_id']}") as stream:
        stream.raise_for_status()
        async for line in stream.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "data" and event in ("complete", "error"):
                return event, json.loads(value)
    raise ValueError(f"the reply ended with {event or 'nothing'}")
