"""The sites kept aside: no rule or number of the cleaning was chosen by looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from eval import dump_copy as words
from eval.dump_parts import Page, Told, between, heading, headlines, items, lines, links, menu, paragraphs, story
from eval.dump_render import Piece

_CONSENT = (
    "Your choices regarding data on this device",
    "Together with our 842 vendors, we would like to remember what you look at so that we can show you advertising"
    " that fits your interests. You can change your mind later under Settings.",
    "Some vendors rely on legitimate interest, which you may refuse here.",
)
_PROMOS = (
    "Love a good story? Our weekend email brings you the five that our editors argued about most.",
    "Our app is free and sends you nothing but breaking news.",
    "Tickets for this year's Festival of Ideas are on sale now. Readers get a tenth off with the code HARBOUR.",
    "Got a tip? Write to our newsroom or send us a message in confidence.",
    "Members make this work possible. Will you join them today?",
)
_SMALL_PRINT = (
    "Lantern Media is part of the Coastal Group, which is owned by the Harlow family trust.",
    "Prices were right when this page went live and may since have changed.",
    "Photographs are used under licence. For reprints write to our rights desk.",
    "The publisher is not responsible for the content of external sites.",
    "Calls may be recorded for training. Lines are open from nine to five, Monday to Friday.",
)
_RANTS = (
    "I've been following this for years and frankly the whole thing was predictable. Back in the nineties we had the"
    " same promises, and look where that got us. My sister lost her job over it and nobody ever apologised.",
    "Could somebody explain to me how they got to that figure? I did the sums on the back of an envelope and it does"
    " not add up at all, not even close.",
    "@hugh98 you keep saying that but you never bring any evidence. Show us one source, just one.",
    "This paper used to be better than this. Bring back the old editor.",
    "Interesting read. It reminded me of a book I had to read at school, though I can't recall what it was called.",
)


def broadsheet(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """Uncredited captions, a box of two stories, section names over teasers and no word that says what they are."""
    seen = Told(told.title, told.paragraphs)
    caption = lines(f"{words.person(rng)} at the {rng.choice(words.TOWNS)} conference centre last week")
    box = links([others[0].title, others[1].title])
    page = menu(rng, 45) + lines("International edition", "The Globe & Coast", told.topic)
    page += (
        heading(told.title)
        + paragraphs(f"{told.standfirst}")
        + lines(words.person(rng), "in " + rng.choice(words.TOWNS))
    )
    page += (
        lines(f"Sat {rng.randint(1, 28)} Nov 2020 11.02 GMT", "Last modified on Mon 30 Nov 2020 12.15 GMT") + caption
    )
    page += between(story(seen), [box, paragraphs(_PROMOS[0])], rng) + items(
        [told.topic, "Features", "Reuse this content"]
    )
    for other in others[2:10]:
        page += lines(rng.choice(words.SECTIONS)) + links([other.title]) + paragraphs(other.standfirst)
    return page + items([rng.choice(words.FOOTER) for _ in range(18)]) + paragraphs(*_SMALL_PRINT[:2])


def quarrel(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """Long comments, two paragraphs each, hardly marked."""
    page = links(["Home", "About", "Contact"]) + heading(told.title) + lines(f"{words.day(rng)} by {words.person(rng)}")
    page += story(told) + lines("Filed under", told.topic, "Reader Interactions", "Responses")
    for _ in range(rng.randint(3, 9)):
        page += lines(f"{words.person(rng)}", f"{words.day(rng)} at 9:{rng.randint(10, 59)} am")
        page += paragraphs(*rng.sample(_RANTS, 2))
    return page + lines("Primary Sidebar", "Search this website") + headlines(others[:5]) + paragraphs(_PROMOS[3])


def wire_list(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """A column of today's news, several sentences each, above and below the story."""
    page = lines("Lantern Wire") + menu(rng, 12)
    for other in others[:5]:
        page += lines(f"{rng.randint(1, 12)}:{rng.randint(10, 59)} p.m.") + links([other.title])
    page += heading(told.title) + lines(f"{rng.choice(words.TOWNS).upper()} | {words.day(rng)}") + story(told)
    page += links(["Back to the list"])
    for other in others[5:12]:
        page += links([other.title]) + paragraphs(other.paragraphs[0])
    return page + lines("Lantern Wire 2022", "Imprint", "Contact")


def television(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = paragraphs(*_CONSENT) + lines("Got it", "Settings") + menu(rng, 28, nested=True) + heading(told.title)
    page += lines("Watch the report (2:10)", f"by {words.person(rng)}", f"{words.day(rng)} 6:15 PM", "Close")
    page += [Piece("picture", f"{told.topic} (file)"), *story(told)]
    page += paragraphs(_PROMOS[1], _PROMOS[3]) + heading("In other news")
    for other in others[:9]:
        page += links([other.title]) + lines(f"{rng.choice(words.SECTIONS)} / {rng.randint(1, 9)}h")
    return page + lines("WLTV Public Inspection File", "Closed Captioning") + paragraphs(*_SMALL_PRINT[3:])


def carousel(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """Twenty linked headlines in the middle of the story."""
    middle = heading("Elsewhere on this site") + headlines(others[:20])
    page = menu(rng, 20) + heading(told.title) + lines(f"By {words.person(rng)}, {words.person(rng)} and agencies")
    page += between(story(told), [middle, lines("AD", "AD", "Close ad")], rng) + paragraphs(_PROMOS[4])
    return page + headlines(others[20:28]) + items([rng.choice(words.FOOTER) for _ in range(12)])


def advertised(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """A label for an advertisement after every second paragraph, offers in sentences among them."""
    page = menu(rng, 15) + heading(told.title) + lines(words.day(rng))
    for at, piece in enumerate(story(told)):
        page.append(piece)
        page += lines(rng.choice(("Advertisement", "Report this ad", "Ad · Scroll to continue"))) if at % 2 else []
        page += paragraphs(_PROMOS[2]) if at == 3 else []
    tricks = [f"{rng.choice(words.TOWNS)} locals can't get enough of this one weird trick." for _ in range(6)]
    page += lines("Paid content") + paragraphs(*tricks)
    return page + headlines(others[:10]) + paragraphs(*_SMALL_PRINT[:3])


def press_room(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = items(["Skip navigation", "Newsroom", "Media contacts", "Image library", "Subscribe to releases"])
    page += lines("News release", f"FOR IMMEDIATE RELEASE: {words.day(rng)}") + heading(told.title) + story(told)
    page += lines("-ENDS-", "Notes to editors")
    page += items(["For interviews call the press desk on 555 0100.", "Images are available on request."])
    page += heading(f"About {rng.choice(words.MEDIA)}") + paragraphs(_SMALL_PRINT[0], _SMALL_PRINT[2])
    return (
        page
        + heading("Earlier releases")
        + [piece for other in others[:8] for piece in lines(words.day(rng), other.title)]
    )


def archive(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """A sidebar of months and tags before the story, and the next stories' first paragraphs below."""
    page = lines("The Dunmore Diary") + items(
        [f"{month} {year}" for year in (2015, 2014, 2013) for month in words.MONTHS]
    )
    page += items([other.topic for other in others]) + lines(words.day(rng)) + heading(told.title) + story(told)
    page += lines(f"Posted by {words.person(rng)} in {told.topic} | Permalink | 3 Comments | TrackBack (0)")
    for other in others[:4]:
        page += (
            lines(words.day(rng))
            + heading(other.title)
            + paragraphs(*other.paragraphs[:2])
            + links(["Continue reading"])
        )
    return page + lines("Blog at Example Press")


def phone(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """A short page: a few links, the story, a bar of buttons, six stories 'for you'."""
    page = links(["Menu", "Search", "Sign in"]) + heading(told.title) + lines(f"{words.person(rng)} • {words.ago(rng)}")
    page += story(told) + lines("Give feedback", "Listen", "Aa", "Save", "For you")
    for other in others[:6]:
        page += links([other.title]) + lines(f"{rng.choice(words.MEDIA)} · {rng.randint(1, 9)}h")
    return page + links(["See all", "Top of page"])


def brief(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """Three paragraphs among teasers on both sides."""
    page = menu(rng, 30)
    for other in others[:4]:
        page += links([other.title]) + paragraphs(other.standfirst)
    page += (
        heading(told.title)
        + lines(f"{words.person(rng)} | {words.day(rng)}")
        + story(Told(told.title, told.paragraphs[:3]))
    )
    for other in others[4:12]:
        page += links([other.title]) + paragraphs(other.standfirst)
    return page + items([rng.choice(words.FOOTER) for _ in range(10)]) + paragraphs(_SMALL_PRINT[1])


OTHERS = {
    site.__name__: site
    for site in (
        broadsheet,
        quarrel,
        wire_list,
        television,
        carousel,
        advertised,
        press_room,
        archive,
        phone,
        brief,
    )
}
