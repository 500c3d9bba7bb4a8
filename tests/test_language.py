from __future__ import annotations

import pytest

from rag.ingest.language import language_of, short_code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The harbour of the town was closed on Tuesday after a storm had torn a crane from its rails."),
        (
            "es",
            "El puerto de la ciudad fue cerrado el martes después de que una tormenta arrancara una grúa.",
        ),
        ("fr", "Le port de la ville a été fermé mardi après qu'une tempête a arraché une grue de ses rails."),
        ("de", "Der Hafen der Stadt wurde am Dienstag geschlossen, nachdem ein Sturm einen Kran umgerissen hatte."),
        ("ru", "Порт города был закрыт во вторник после того, как шторм сорвал кран с рельсов."),
        (None, "Ann Bell"),
        (None, ""),
    ],
)
def test_a_story_is_in_the_language_of_its_words(code: str | None, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("stated", "code"), [("en-US", "en"), ("EN_gb", "en"), ("es", "es"), ("English", None), ("", None), ("x-1", None)]
)
def test_a_stated_language_is_made_a_short_code(stated: str, code: str | None) -> None:
    assert short_code(stated) == code
