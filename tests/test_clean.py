from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.config import BUNDLED_CORPUS
from rag.ingest.clean import clean, story_text, whole
from rag.ingest.readers import read
from rag.schema import Block
from tests.documents import only

PARAGRAPHS = (
    "The harbour of Port Ellery was closed on Tuesday after a storm tore a crane from its rails.",
    "Two dock workers were hurt, the port authority said, and forty ships are waiting outside the bay.",
    "“We have never seen waves like these,” said Mona Field, who has run the lighthouse for thirty years.",
    "Repairs will take at least a week, and the fishing fleet has been told to stay where it is.",
)
STORY = "\n\n".join(PARAGRAPHS)
HEADLINE = "Storm closes harbour of Port Ellery"
MENU = "• Home\n• News\n  • Politics\n  • Sport\n• Weather\n• Shop\nLive TV\nSearch\n"


def corpus(number: str) -> tuple[Block, ...]:
    (path,) = BUNDLED_CORPUS.glob(f"{number}_*")
    return clean(only(read(path)).text)


def texts(blocks: tuple[Block, ...], kind: str) -> list[str]:
    return [block.text for block in blocks if block.kind == kind]


def test_a_bare_story_is_all_story() -> None:
    blocks = clean(STORY)
    assert [block.kind for block in blocks] == ["story"] * 4
    assert story_text(blocks) == STORY


def test_paragraphs_may_stand_on_single_lines() -> None:
    assert story_text(clean("\n".join(PARAGRAPHS))) == STORY


def test_the_first_line_is_the_title_when_it_looks_like_a_headline() -> None:
    for headline in (HEADLINE, "Will the harbour open again?", "Storm closes the harbour of Port ..."):
        blocks = clean(f"{headline}\n{STORY}")
        assert texts(blocks, "title") == [headline]
        assert story_text(blocks) == STORY


def test_a_first_sentence_is_no_title() -> None:
    blocks = clean(f"The harbour is closed.\n{STORY}")
    assert texts(blocks, "title") == []
    assert story_text(blocks).startswith("The harbour is closed.\n\n")


def test_menus_trending_lists_and_footers_go_with_a_reason() -> None:
    page = (
        f"{MENU}\nEurope\n\n{HEADLINE}\n\n• By Ann Bell\n• 3 May 2021 10:15\n• 12 Shares\n\n{STORY}\n\n"
        "Trending Now\n\nMayor denies plan to sell the old town hall to hotel chain\n\n"
        "Ten ways to cook an aubergine\n\nA new bridge over the Ell will cost more than had been said.\n\n"
        "All Rights Reserved\n• Privacy Policy\n• About Us\n"
    )
    blocks = clean(page)
    assert story_text(blocks) == STORY
    assert texts(blocks, "title") == [HEADLINE]
    assert texts(blocks, "byline") == ["• By Ann Bell", "• 3 May 2021 10:15"]
    dropped = [block for block in blocks if block.kind == "dropped"]
    assert all(block.reason for block in dropped)
    assert "aubergine" in dropped[-1].text
    assert "bridge over the Ell" in dropped[-1].text


def test_the_headline_is_the_one_the_page_repeats() -> None:
    page = f"1. Home\n2. Coast\n3. {HEADLINE}\nCoast and country news from the region\n\n{HEADLINE}\n\n{STORY}"
    assert texts(clean(page), "title") == [HEADLINE]


def test_a_subheading_stays_in_the_story() -> None:
    text = "\n\n".join([*PARAGRAPHS[:2], "Fleet stays in port", *PARAGRAPHS[2:]])
    assert story_text(clean(text)) == text


def test_a_list_announced_by_a_colon_stays() -> None:
    text = f"{STORY}\n\nThe ships still waiting are:\n\n• Northern Star\n\n• Ellen May\n\n• Grey Gull"
    assert story_text(clean(text)) == text


def test_a_list_of_links_in_the_story_goes() -> None:
    links = "Mayor denies plan\n\nTen ways to cook\n\nBridge to cost more"
    text = "\n\n".join([*PARAGRAPHS[:2], links, *PARAGRAPHS[2:]])
    assert story_text(clean(text)) == STORY


def test_captions_are_kept_apart_from_the_story() -> None:
    captions = [
        "A crane lies on the quay at Port Ellery (AP)",
        "Waves break over the mole. (Photo: Ann Bell)",
        "The lighthouse keeper at her window. Ann Bell/Getty Images",
        "In this image provided by the coast guard, the fishing fleet lies at anchor.",
        "FILE - The harbour of Port Ellery in 2019.",
        "Crane on the quay of Port Ellery Crane on the quay of Port Ellery",
    ]
    for caption in captions:
        blocks = clean("\n\n".join([HEADLINE, *PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]]))
        assert texts(blocks, "caption") == [caption]
        assert story_text(blocks) == STORY


def test_a_quotation_that_repeats_itself_is_no_caption() -> None:
    said = "\"We don't hold all the cards, they do. They say we don't hold all the cards,\" Field said."
    assert said in story_text(clean(f"{STORY}\n\n{said}"))


def test_notes_of_the_editors_are_kept_apart() -> None:
    notes = [
        "Editor's note: This text has been shortened for the morning edition.",
        "Ann Bell contributed to this report.",
        "This article was updated to correct the number of ships.",
        "We print letters of any length and opinion. —Eds.",
    ]
    for note in notes:
        blocks = clean(f"{HEADLINE}\n\n{STORY}\n\n{note}")
        assert texts(blocks, "note") == [note]
        assert story_text(blocks) == STORY


def test_lines_broken_by_a_mail_program_are_one_paragraph() -> None:
    wrapped = (
        "The harbour of Port Ellery was closed on Tuesday after a storm\n"
        "tore a crane from its rails and threw it across the quay, the\n"
        "port authority said in a statement late in the evening."
    )
    assert story_text(clean(f"{wrapped}\n\n{wrapped}")).split("\n\n") == [" ".join(wrapped.split())] * 2


def test_white_space_is_folded_and_no_other_character_changed() -> None:
    odd = "The\u00a0harbour  was\tclosed — “for good” (said Díaz\u200b) on Tuesday…  and that was that."
    assert (
        story_text(clean(odd)) == "The harbour was closed — “for good” (said Díaz\u200b) on Tuesday… and that was that."
    )


def test_a_page_without_sentences_has_no_story() -> None:
    blocks = clean(MENU)
    assert story_text(blocks) == ""
    assert [block.kind for block in blocks] == ["dropped"]


def test_no_text_gives_no_blocks() -> None:
    assert clean("\n \n") == ()


def test_a_pull_quote_is_dropped_and_its_paragraph_stays() -> None:
    quote = "“We have never seen waves like these”"
    blocks = clean("\n\n".join([*PARAGRAPHS[:2], quote, *PARAGRAPHS[2:]]))
    assert story_text(blocks) == STORY
    assert ("dropped", "repeats a sentence of the story") in {(block.kind, block.reason) for block in blocks}


def test_words_about_the_author_are_a_note_unless_the_story_speaks_of_that_person() -> None:
    about = "Ann Bell is a staff writer at the Ellery Echo who covers the coast."
    assert texts(clean(f"{STORY}\n\n{about}"), "note") == [about]
    assert texts(clean(f"{STORY}\n\nAnn Bell was on the quay that night.\n\n{about}"), "note") == []


def test_a_lead_parted_from_the_story_by_links_is_kept() -> None:
    lead = "Nobody slept in Port Ellery last night, and today the whole town counts what the storm has left of it."
    links = "Weather\n\nTen ways to keep a cellar dry\n\nStorm pictures\n\nTide tables\n\nAsk our expert"
    blocks = clean(f"{HEADLINE}\n\nBy Ann Bell\n\n{lead}\n\n{links}\n\n{STORY}")
    assert story_text(blocks) == f"{lead}\n\n{STORY}"


def test_the_site_speaking_of_itself_leaves_the_story() -> None:
    plea = "Sign up for our newsletter and get the best stories delivered to your inbox."
    assert story_text(clean("\n\n".join([*PARAGRAPHS[:2], plea, *PARAGRAPHS[2:]]))) == STORY
    spoken = "“Sign up for our newsletter to find them in your inbox,” she said."
    assert spoken in story_text(clean("\n\n".join([*PARAGRAPHS[:2], spoken, *PARAGRAPHS[2:]])))


def test_terms_of_a_deal_are_no_terms_of_use() -> None:
    terms = "Terms of the deal were not disclosed."
    assert terms in story_text(clean(f"{STORY}\n\n{terms}\n\n{PARAGRAPHS[0]}"))


def test_links_and_pictures_in_markdown_are_told_from_text() -> None:
    menu = "\n".join(f"* [{name}](/{name.lower()})" for name in ("Politics", "Coast", "Weather", "Books"))
    picture = "![The crane on the quay](/img/crane.jpg)"
    more = "[More on storms](/storms)"
    linked = PARAGRAPHS[1].replace("the port authority", "[the port authority](https://port.example/)")
    blocks = clean(f"{menu}\n\n## {HEADLINE}\n\n{PARAGRAPHS[0]}\n\n{picture}\n\n{linked}\n\n{more}")
    assert story_text(blocks) == f"{PARAGRAPHS[0]}\n\n{linked}"
    assert texts(blocks, "caption") == [picture]
    assert texts(blocks, "title") == [f"## {HEADLINE}"]


def test_menus_on_one_line_are_no_sentences() -> None:
    menu = " | ".join(["Home", "News", "Sport", "Culture", "Books", "Film", "Travel", "Food"] * 5)
    assert story_text(clean(f"{menu}\n{STORY}\n{menu}")) == STORY


def test_a_text_that_is_all_story_keeps_what_a_page_would_lose() -> None:
    text = f"Trending Now\n\n{PARAGRAPHS[0]}\n\nShare\n\n{PARAGRAPHS[1]}"
    assert story_text(whole(text)) == text


LINES = st.lists(
    st.sampled_from(
        [
            *PARAGRAPHS,
            HEADLINE,
            *MENU.split("\n"),
            "Trending Now",
            "By Ann Bell",
            "  hanging",
            "(AP)",
            "",
            "x:",
        ]
    )
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    max_size=25,
)


@settings(deadline=None)
@given(LINES)
def test_every_word_is_in_exactly_one_block_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert " ".join(block.text for block in clean(text)).split() == text.split()


@settings(deadline=None)
@given(LINES)
def test_the_story_has_no_white_space_but_single_spaces_and_paragraph_breaks(lines: list[str]) -> None:
    story = story_text(clean("\n".join(lines)))
    assert story == "\n\n".join(" ".join(paragraph.split()) for paragraph in story.split("\n\n"))


@settings(deadline=None)
@given(LINES)
def test_the_story_is_the_file_without_whole_blocks(lines: list[str]) -> None:
    text = "\n".join(lines)
    folded = " ".join(text.split())
    for block in clean(text):
        assert " ".join(block.text.split()) in folded
    assert story_text(whole(text)).split() == text.split()


def test_corpus_000_is_a_story_with_a_footer() -> None:
    blocks = corpus("000")
    assert texts(blocks, "title") == []
    assert texts(blocks, "byline") == ["Sourse: abcnews.go.com"]
    assert len(texts(blocks, "story")) == 10


def test_corpus_002_keeps_caption_byline_and_note_out_of_the_story() -> None:
    blocks = corpus("002")
    assert [block.kind for block in blocks] == ["caption", "title", "byline", *["story"] * 9, "note"]
    assert texts(blocks, "title") == ["Lavrov arrives in Havana to promote Russia-Cuba cooperation"]
    assert story_text(blocks).startswith("On Wednesday night, Russian Foreign Minister")


def test_corpus_003_is_the_story_without_the_page() -> None:
    blocks = corpus("003")
    assert texts(blocks, "title") == ["Russia, Cuba discuss joint energy, industry projects"]
    assert texts(blocks, "byline") == [
        "• By Al Mayadeen English",
        "• Source: Agencies",
        "• 28 Dec 2022 22:32",
    ]
    (caption,) = texts(blocks, "caption")
    assert caption.endswith("Miguel Diaz-Canel on January 24, 2022.")
    story = story_text(blocks)
    for outside in ("Chomsky", "Adele", "Mossad", "Blinken", "January 24", "Shares", "Slogan", "Burkina"):
        assert outside not in story


def test_corpus_003_and_its_bare_copy_001_give_the_same_story() -> None:
    assert story_text(corpus("003")) == story_text(corpus("001"))


def test_corpus_004_is_all_story() -> None:
    assert {block.kind for block in corpus("004")} == {"story"}
