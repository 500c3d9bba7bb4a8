"""More sites that cleaning was tuned on, after their first measurement as sites never looked at."""

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
from eval.dump_render import Piece


def forum(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = lines("Board index » General » Current affairs", "Search this topic…") + heading(told.title)
    page += lines(words.person(rng), "Senior Member", f"Joined: {words.day(rng)}", "Posts: 1,204", "Post #1")
    page += story(told) + lines("Quote", "Top")
    for number in range(2, rng.randint(4, 9)):
        page += lines(words.person(rng), "Member", f"Joined: {words.day(rng)}", "Posts: 88", f"Post #{number}")
        page += paragraphs(words.opinion(rng, told.topic, 6)) + lines("Quote", "Top")
    return page + lines("Jump to", "Powered by a bulletin board", "All times are UTC") + menu(rng, 12)


def boxed(told: Told, others: Sequence[Told], rng: Random) -> Page:
    extras = [
        links([f"Read more: {others[0].title}"]),
        lines("ADVERTISEMENT", "Story continues below"),
        lines("Also Read |") + links([others[1].title]),
        heading("Recommended") + headlines(others[2:5]),
        lines("Related") + links([others[5].title]) + paragraphs(others[5].standfirst) + lines(words.day(rng)),
        caption(rng, told),
    ]
    page = menu(rng, 30) + heading(told.title) + paragraphs(told.standfirst) + lines("Written by", words.person(rng))
    page += lines("Edited By: Desk", words.day(rng) + " 14:20 IST") + between(story(told), extras, rng)
    page += lines("First published on:", words.day(rng)) + heading("Must Read") + headlines(others[6:12])
    return (
        page
        + heading("Best of Express")
        + teasers(rng, others[12:16], timed=False)
        + footer(rng, 12, "Lakeside Express")
    )


def letter(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = links(["View this email in your browser", "Subscribe"]) + paragraphs(words.SIGN_UP[0], words.SIGN_UP[3])
    page += heading(told.title) + lines(words.person(rng), words.day(rng), "52", "14") + links(["Share this post"])
    page += between(story(told), [lines("Subscribe now"), paragraphs(words.SPONSOR)], rng)
    page += paragraphs(words.APPEAL[0]) + lines("14 Comments", "Top", "New") + comments(rng, told, 6, style="app")
    page += lines("Top", "New", "Community") + teasers(rng, others[:5]) + lines("Ready for more?")
    return (
        page + lines("© 2022 Ann Bell", "Privacy ∙ Terms ∙ Collection notice") + links(["Unsubscribe", "Get the app"])
    )


def reposter(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = (
        lines("Coast Monitor") + menu(rng, 14) + paragraphs(*words.APPEAL[:2]) + links(["Donate"]) + heading(told.title)
    )
    page += lines(f"Originally published: {rng.choice(words.MEDIA)} on {words.day(rng)} by {words.person(rng)}")
    page += story(told) + paragraphs(f"*{words.biography(rng, words.person(rng))}", *words.APPEAL)
    page += lines("Print", f"Tags: {told.topic}, Media, Strategy") + links(
        [f"« {others[0].title}", f"{others[1].title} »"]
    )
    page += (
        heading("Also by this author") + headlines(others[2:7]) + heading("Newsletter") + paragraphs(words.SIGN_UP[1])
    )
    return page + heading("Recent comments") + comments(rng, told, 5, style="posted") + footer(rng, 5, "Coast Monitor")


def one_line(told: Told, others: Sequence[Told], rng: Random) -> Page:
    sections = [rng.choice(words.SECTIONS) for _ in range(40)]
    page = lines(" | ".join(sections), "\t".join(sections[:12]), " ".join(sections[10:]), f"Home > News > {told.title}")
    page += lines(told.title, f"{words.person(rng)} | {words.day(rng)} | Comments (12) | Print | Email") + story(told)
    page += lines("Facebook Twitter WhatsApp Reddit Email Print", f"Tags: {told.topic} | News | World")
    page += lines("Related: " + " | ".join(other.title for other in others[:4])) + teasers(
        rng, others[4:9], timed=False
    )
    return page + lines(" | ".join(words.FOOTER), "Copyright © 2021 Norwood Newspapers | Site by Brook")


def gallery(told: Told, others: Sequence[Told], rng: Random) -> Page:
    pictures = [lines(f"{n} of {9}") + caption(rng, told) for n in range(1, 5)]
    brief = Told(told.title, told.paragraphs[: rng.randint(4, 9)])
    page = menu(rng, 18) + heading(told.title) + lines("Show Caption", "Hide Caption")
    page += between(story(brief), pictures, rng) + lines("Show more", "Replay")
    for other in others[:8]:
        page += [Piece("picture", other.title), *links([other.title]), *lines(rng.choice(("VIDEO", "NEWS")))]
    return page + footer(rng, 9, "Globe & Coast Media", legal=1)


def paywall(told: Told, others: Sequence[Told], rng: Random) -> Page:
    page = paragraphs(*words.PAYWALL[:2]) + menu(rng, 22) + heading(told.title) + paragraphs(told.standfirst)
    page += lines(f"{words.person(rng)} and {words.person(rng)}", f"Published {words.day(rng)}", "Gift this article")
    page += between(story(told), [paragraphs(*words.PAYWALL[2:])], rng) + paragraphs(
        words.biography(rng, words.person(rng))
    )
    page += heading("Comments") + paragraphs(words.NOTICES[4]) + comments(rng, told, 9, style="app")
    page += heading("Subscriber favourites") + teasers(rng, others[:6]) + paragraphs(*words.PAYWALL)
    return page + footer(rng, 18, "Halden Herald", legal=3)


def exchange(told: Told, others: Sequence[Told], rng: Random) -> Page:
    prices = [f"{rng.choice(words.TOWNS)} {rng.uniform(10, 900):.2f} {rng.uniform(-3, 3):+.2f}%" for _ in range(60)]
    page = (
        lines(*prices[:30])
        + menu(rng, 120)
        + heading(told.title)
        + lines(words.person(rng), words.day(rng), "In this article")
    )
    page += items([f"{told.topic[:4].upper()} +1.2%", "Follow your favorite stocks"]) + heading("Key Points")
    page += items([told.standfirst]) + story(told) + lines("WATCH:" + others[0].title, *prices[30:])
    page += heading("Trending Now") + headlines(others[1:6]) + paragraphs(*words.LEGAL[1:4]) + menu(rng, 60)
    return page + footer(rng, 25, "Ledger Markets LLC", legal=4)


def stacked(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """The openings of other stories stand below, three paragraphs each, as on pages that scroll on."""
    page = menu(rng, 15) + heading(told.title) + lines(f"By {words.person(rng)}", words.day(rng)) + caption(rng, told)
    page += story(told) + lines("Report a typo", "Share on Facebook", "Share on Twitter") + heading("Next up")
    for other in others[:3]:
        page += heading(other.title) + lines(f"By {words.person(rng)}", words.day(rng))
        page += paragraphs(*other.paragraphs[:3]) + links(["Read full story"])
    return page + footer(rng, 10, "Fairview Times")


def plain(told: Told, others: Sequence[Told], rng: Random) -> Page:
    """Hardly any page at all: what a reader mode or a careful copier leaves."""
    page = lines(told.title, words.person(rng), words.day(rng)) + story(told)
    return page + (lines("Share", "Print") if rng.random() < 0.5 else [])


MORE_SITES = {
    site.__name__: site
    for site in (forum, boxed, letter, reposter, one_line, gallery, paywall, exchange, stacked, plain)
}
