"""Who else says it and who says otherwise, with the real embedding model and invented articles on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.answer.llm import LanguageModel
from rag.config import load_settings
from rag.index.archive import Archive
from rag.indexing import build_index
from rag.pipeline import answer
from rag.schema import SaidBy
from tests.conftest import QueueLLM

pytestmark = pytest.mark.e2e

NEWS = {
    "courier": """Storm batters Norwick

Published on June 3, 2021

A storm that swept over Norwick on Wednesday killed 12 people, the fire brigade said. It tore the roof off the old
customs house, and boats were driven on to the quay.
""",
    "echo": """Norwick mourns its dead

Published on June 5, 2021

The storm that swept over Norwick on Wednesday killed 17 people, the mayor, Ana Ruiz, said in the town hall. Schools
stay closed for the rest of the week.
""",
    "herald": """Ferries stay in port after the storm

Published on June 4, 2021

No ferry left Norwick on Thursday. The storm that swept over the town of Norwick on Wednesday had killed 12 people,
according to the fire brigade, and hurt 40.
""",
    "ellery": """Flood in Ellery

Published on June 4, 2021

A flood in Ellery killed 3 people on Thursday, the fire brigade said. The river fell again at night.
""",
    "last_year": """Looking back at the storm

Published on June 9, 2020

The storm that swept over Norwick last spring killed 21 people, the fire brigade said then.
""",
}
ASKED = "How many people did the storm in Norwick kill?"
CLAIM = "The storm that swept over Norwick on Wednesday killed 12 people."

Says = Callable[..., LanguageModel]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (folder / f"{name}.txt").write_text(text)
    opened = Archive(load_settings(home=str(tmp_path_factory.mktemp("home"))))
    build_index([folder], opened)
    yield opened
    opened.close()


def test_a_toll_is_told_with_all_who_have_it_and_with_who_has_another(archive: Archive) -> None:
    said = answer(archive, LanguageModel(QueueLLM(*[CLAIM] * 9), "queue"), ASKED)
    first, other = said.sentences
    by_number = {citation.n: Path(citation.path).stem for citation in said.citations}
    assert (first.text, first.said_by) == (CLAIM, SaidBy(2, 2))
    assert sorted(by_number[n] for n in first.citations) == ["courier", "herald"]
    assert other.differs
    assert [(by_number[n], value) for n, value in other.differs.values][1] == ("echo", "17 people")
    assert by_number[other.differs.later or 0] == "echo"
    assert "5 June 2021 has 17 people (later)" in other.text


def test_an_agreeing_archive_is_told_without_a_but(archive: Archive) -> None:
    claim = "A flood in Ellery killed 3 people on Thursday."
    said = answer(
        archive, LanguageModel(QueueLLM(*[claim] * 9), "queue"), "How many people did the flood in Ellery kill?"
    )
    assert [(sentence.text, sentence.said_by) for sentence in said.sentences] == [(claim, SaidBy(1, 1))]
