from __future__ import annotations

from rag.ingest.lines import to_lines
from rag.ingest.span import stands_alone, story_span

STORY = [
    "The harbour of Port Ellery was closed on Tuesday after a storm tore a crane from its rails.",
    "Two dock workers were hurt, the port authority said, and forty ships are waiting outside the bay.",
    "Repairs will take at least a week, and the fishing fleet has been told to stay where it is.",
]
TEASERS = [
    "Mayor denies plan to sell the old town hall",
    "The mayor of Dunmore said on Monday that nobody had ever meant to sell the hall.",
    "Bridge over the river Ell will cost more than was said",
    "A report found that the bridge will cost twice the sum that the council had named.",
    "Ten ways to cook an aubergine on a rainy day",
    "Our cook has tried them all and says which of them she would cook again and why.",
]


def span(*lines: str) -> list[str]:
    found = to_lines("\n\n".join(lines))
    first, last = story_span(found)
    return [line.text for line in found[first:last]]


def test_teasers_in_sentences_are_no_part_of_the_story() -> None:
    assert span("Home", "News", *STORY, *TEASERS) == STORY
    assert span(*TEASERS, "Coast", *STORY) == STORY


def test_comments_are_no_part_of_the_story() -> None:
    said = [
        "Ann says:",
        "May 3, 2021 at 7:15 pm",
        "I really don't know why anybody is surprised by this at all.",
        "Reply",
    ]
    assert span(*STORY, *said, *said, *said) == STORY


def test_longer_talk_behind_the_comments_heading_does_not_win() -> None:
    rants = ["My uncle worked there for twenty years, and he always said that it would end just like that one day."] * 4
    assert span(*STORY, "5 Comments", *rants) == STORY


def test_a_comment_count_above_the_story_does_not_end_it() -> None:
    assert span("Storm closes harbour", "12 Comments", *STORY) == STORY


def test_the_next_story_on_a_page_that_scrolls_on_is_left_out() -> None:
    following = ["Bridge to cost more", "By Mona Field", "May 4, 2021", *STORY[1:]]
    assert span("Storm closes harbour", "By Ann Bell", "May 3, 2021", *STORY, *following)[: len(STORY)] == STORY
    assert len(span("Storm closes harbour", "By Ann Bell", "May 3, 2021", *STORY, *following)) == len(STORY)


def test_the_site_speaking_of_itself_is_no_story() -> None:
    consent = ["We and our partners use cookies to store your personal data, and you may consent to it here."] * 5
    assert span(*consent, "Home", "News", *STORY) == STORY


def test_a_short_box_of_links_in_the_story_is_bridged() -> None:
    assert span(*STORY, "Read more", "Bridge to cost more", *STORY)[-1] == STORY[-1]
    assert len(span(*STORY, "Read more", "Bridge to cost more", *STORY)) == 8


def test_no_lines_have_no_span() -> None:
    assert story_span([]) == (0, 0)


def test_a_paragraph_next_to_an_advertisement_does_not_stand_alone() -> None:
    lines = to_lines("\n\n".join(["Home page", STORY[0], "Advertisement", STORY[1], "Contact us"]))
    assert not stands_alone(lines, 1)
    lines = to_lines("\n\n".join(["Home page", STORY[0], "Contact us"]))
    assert stands_alone(lines, 1)
