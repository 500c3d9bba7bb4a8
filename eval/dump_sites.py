"""The sites that cleaning was tuned on: each makes the pieces of a page around a story. `dump_others` has the rest."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from eval import dump_copy as words
from eval.dump_parts import (
    Page,
    Told,
    between,
    caption,
    comments,
    crumbs,
    footer,
    heading,
    headlines,
    items,
    lines,
    links,
    menu,
    paragraphs,
    story,
    teasers,
)


def portal(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = menu(rng, 40, nested=True) + menu(rng, 15) + crumbs(rng, told) + heading(told.title)
    page += items([f"By {words.person(rng)}", words.day(rng), f"{rng.randint(1, 90)} Shares"])
    page += caption(rng, told) + story(told) + items([told.topic, "Analysis"]) + heading("Trending Now")
    page += teasers(rng, others[:4]) + heading("Most Read") + headlines(others[4:14])
    return page + footer(rng, 10, "Ellery English")


def blog(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = (
        lines("Halden Notes", "Just another view of the world") + menu(rng, 6) + links(["← Older post", "Newer post →"])
    )
    page += heading(told.title) + lines(f"Posted on {words.day(rng)} by {words.person(rng)}") + story(told)
    page += lines("Share this:") + items(["Click to share on Twitter (Opens in new window)", "Email", "Print"])
    page += lines(
        "Like this:", "Like Loading...", "Related", f"This entry was posted in {told.topic}. Bookmark the permalink."
    )
    page += heading(f"{rng.randint(3, 20)} thoughts on “{told.title}”") + comments(rng, told, rng.randint(4, 14))
    page += heading("Leave a Reply") + lines(words.NOTICES[1], "Name *", "Email *", "Website")
    page += heading("Recent Posts") + headlines(others[:6]) + heading("Archives")
    return page + items([f"{month} 2019" for month in words.MONTHS]) + lines("Proudly powered by WordPress")


def agency(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = links(["Skip to main content"]) + menu(rng, 10) + heading(told.title)
    page += lines(f"By {words.person(rng)}", f"{words.day(rng)} 10:42 AM UTC", "Updated 2 years ago") + story(told)
    page += lines(f"Reporting by {words.person(rng)}; Editing by {words.person(rng)}")
    page += lines("Our Standards: The Northern Trust Principles.") + heading("Read Next")
    page += teasers(rng, others[:6]) + heading("More from Northern") + headlines(others[6:12])
    return page + footer(rng, 16, "Northern Agency", legal=2)


def magazine(told: Told, others: Sequence[Told], rng: Random) -> Page:
    pull = [heading(f"“{told.standfirst}”")] if len(told.paragraphs) > 3 else []
    page = menu(rng, 160) + lines("Magazine", "In this issue") + heading(told.title) + paragraphs(told.standfirst)
    page += lines(f"By {words.person(rng)}", f"Illustration by {words.person(rng)}", words.day(rng), "Save this story")
    page += between(story(told), [*pull, paragraphs(*rng.sample(words.SIGN_UP, 3))], rng)
    page += (
        paragraphs(words.biography(rng, words.person(rng))) + lines("More:", told.topic, "Essays") + lines("Read More")
    )
    for other in others[:6]:
        page += lines(rng.choice(words.SECTIONS)) + links([other.title]) + paragraphs(other.standfirst)
        page += lines(f"By {words.person(rng)}")
    return page + paragraphs(words.SIGN_UP[0]) + footer(rng, 20, "The Marlow Review", legal=3)


def tabloid(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = menu(rng, 30) + headlines(others[:5]) + heading(told.title) + items([other.title for other in others[5:7]])
    page += lines(
        f"By {words.person(rng)} For Mailroom Online", f"Published: 12:32 EST, {words.day(rng)}", "e-mail", "3k shares"
    )
    page += lines("226", "View comments")
    box = lines("RELATED ARTICLES", "Previous", "1", "2", "Next") + headlines(others[7:9])
    extras = [caption(rng, told, " "), caption(rng, told, " "), caption(rng, told, " "), lines("Advertisement"), box]
    page += between(story(told), extras, rng) + lines("Share or comment on this article:", "Share what you think")
    page += lines("The comments below have not been moderated.", "Newest", "Oldest", "Best rated")
    page += (
        comments(rng, told, rng.randint(5, 20), style="tabloid") + heading("MORE TOP STORIES") + heading("FEMAIL TODAY")
    )
    for other in others[9:30]:
        page += paragraphs(f"{other.title.upper()} {other.standfirst}")
    return page + footer(rng, 12, "Mailroom Newspapers Ltd")


def regional(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = (
        paragraphs(*words.COOKIES[:6]) + lines("MORE OPTIONS", "AGREE") + menu(rng, 25) + lines("12°C", "Sunny spells")
    )
    page += heading(told.title) + lines(f"By {words.person(rng)} {words.person(rng).lower().replace(' ', '')} Reporter")
    page += caption(rng, told) + between(story(told), [lines("Ad"), paragraphs(*words.SIGN_UP[1:3])], rng)
    page += lines("0 Comments") + paragraphs(*words.LEGAL[6:7]) + heading("Most Popular")
    page += headlines(others[:8]) + heading("Local businesses") + lines("Plumbers in Ellery", "Find a job near you")
    return page + paragraphs(words.COOKIES[6], words.COOKIES[7]) + footer(rng, 14, "Ellery Echo Newsquest", legal=2)


def station(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = links(["Skip to content"]) + menu(rng, 35) + lines("Live: Channel 6 News at Noon") + crumbs(rng, told)
    page += heading(told.title) + paragraphs(*words.PLAYER[:5]) + lines("1:32 / 2:10", f"Updated: {words.day(rng)}")
    page += between(story(told), [paragraphs(words.PLAYER[5])], rng)
    page += lines(f"Copyright {rng.randint(2014, 2023)} Channel 6. All rights reserved.") + heading("Most Read")
    page += teasers(rng, others[:8]) + heading("Latest News") + teasers(rng, others[8:14])
    return (
        page
        + lines("501 Broad Street", "(555) 555-0100", "EEO Report", "FCC Public File")
        + footer(rng, 8, "Channel 6")
    )


def ticker(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = menu(rng, 20) + lines("Breaking")
    for other in others[:10]:
        page += lines(f"{rng.randint(0, 23):02}:{rng.randint(10, 59)} {other.title}")
    page += (
        heading(told.title) + lines(words.day(rng), "2 min read") + story(told) + lines("Copy link", "Latest updates")
    )
    for other in others[10:24]:
        page += lines(f"{rng.randint(0, 23):02}:{rng.randint(10, 59)}") + paragraphs(other.standfirst)
    return page + footer(rng, 8, "Daily Lantern")


def unmarked(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """No heading tells where the teasers and comments begin."""
    page = menu(rng, 8) + lines(told.title, f"{words.person(rng)} · {words.day(rng)} · 4 min") + story(told)
    page += lines("Share") + comments(rng, told, rng.randint(0, 8), style="app") + teasers(rng, others[:8], timed=False)
    return page + menu(rng, 20) + footer(rng, 6, "Globe & Coast", legal=0)


def short(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """Two or three paragraphs on a page full of other things."""
    brief = Told(told.title, told.paragraphs[: rng.randint(2, 4)])
    page = menu(rng, 50) + heading(told.title) + lines(words.day(rng)) + caption(rng, told) + story(brief)
    page += (
        lines("Read more on this topic") + headlines(others[:6]) + heading("Top stories") + teasers(rng, others[6:14])
    )
    return page + paragraphs(words.COOKIES[5], *words.SIGN_UP[:2]) + footer(rng, 20, "Kingsford Post", legal=2)


SITES = {
    site.__name__: site
    for site in (portal, blog, agency, magazine, tabloid, regional, station, ticker, unmarked, short)
}
