# ruff: noqa: E501  markup is easier to read unbroken
"""Invented pages of unlike sites, each with the day it was published (None: it states none) and last updated."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

TITLE = "Crane falls across the quay at Port Ellery"
STORY = (
    "The harbour of Port Ellery was closed on Tuesday after a crane fell across the main quay, the port authority said.",
    "Nobody was hurt, but two ships carrying grain had to wait outside the breakwater until divers had inspected it.",
    "“We expect to reopen the northern basin by Thursday evening,” said harbour master Ines Calder, who took over in 2015.",
    "The crane, built on 3 May 1987, had passed its last inspection on March 2, 2021, and an inquiry will look into it.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)
CARDS = """<aside class="related"><h3>Related stories</h3><ul>
<li><a href="/2022/11/02/ferry">Ferry runs aground off Gull Rock</a> <time datetime="2022-11-02">2 November 2022</time></li>
<li><a href="/2023/05/30/strike">Dockers vote to strike over pay</a> <span class="date">30 May 2023</span></li></ul></aside>"""
FOOTER = "<footer>© 2025 The Ellery Post. All rights reserved. Page generated January 5, 2025.</footer>"


class Page(NamedTuple):
    name: str
    html: str
    published: date | None
    updated: date | None = None
    address: str | None = None


def page(body: str, head: str = "", lang: str = "en", title: str = TITLE) -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def linked(*nodes: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def meta(**tags: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in tags.items())


def article(**more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **more}


H1 = f"<h1>{TITLE}</h1>"
DAY = date(2023, 4, 19)
WORDPRESS = f"""<header class="site-header"><a href="/">Ellery Post</a></header><div class="site-content has-sidebar"><main>
<article class="post hentry"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">
<span class="posted-on">Posted on <a href="/?p=1" rel="bookmark"><time class="entry-date published" datetime="2023-04-19T21:10:00+01:00">April 19, 2023</time>
<time class="updated" datetime="2023-06-01T10:00:00+01:00">June 1, 2023</time></a></span> <span class="byline">by <a rel="author" href="/a">Mara Quill</a></span></div></header>
<div class="entry-content">{PARAGRAPHS}</div></article>
<div id="comments" class="comments-area"><ol><li><time datetime="2023-04-20T08:00:00">April 20, 2023 at 8:00 am</time><p>Great read, thank you all.</p></li></ol></div></main>
<div class="widget-area sidebar"><h2>Recent posts</h2><ul><li>Ferry aground <span class="post-date">May 3, 2023</span></li></ul></div></div>{FOOTER}"""

PAGES = [
    Page(
        "JSON-LD of a newspaper, updated later, other stories in a list",
        page(
            H1 + PARAGRAPHS + CARDS + FOOTER,
            linked(
                article(datePublished="2023-04-19T08:00:00+01:00", dateModified="2023-04-25T09:00:00+01:00"),
                {
                    "@type": "ItemList",
                    "itemListElement": [{"@type": "NewsArticle", "datePublished": "2021-01-01", "headline": "Else"}],
                },
            ),
        ),
        DAY,
        date(2023, 4, 25),
    ),
    Page(
        "UTC in the machine's date, the reader's day on the page",
        page(
            H1 + "<p>By Mara Quill</p><p>April 18, 2023</p>" + PARAGRAPHS,
            linked(article(datePublished="2023-04-19T02:30:00Z")),
        ),
        date(2023, 4, 18),
    ),
    Page(
        "UTC in the machine's date, the reader's day in the address",
        page(
            H1 + PARAGRAPHS,
            meta(article__published_time="2023-04-19T01:30:00Z"),
        ),
        date(2023, 4, 18),
        address="https://ellerypost.example/2023/04/18/crane-falls",
    ),
    Page(
        "a graph with a web page and the article",
        page(
            H1 + PARAGRAPHS,
            linked(
                {
                    "@graph": [
                        {"@type": "WebSite", "name": "Ellery Post"},
                        {"@type": "WebPage", "datePublished": "2020-01-05", "url": "https://e.example/x"},
                        {
                            "@type": ["Article", "NewsArticle"],
                            "headline": TITLE,
                            "datePublished": "2023-04-19T08:00:00+00:00",
                        },
                    ]
                }
            ),
        ),
        DAY,
    ),
    Page(
        "two articles in JSON-LD, the headline decides",
        page(
            H1 + PARAGRAPHS,
            linked(
                article(headline="Ferry runs aground off Gull Rock", datePublished="2022-11-02"),
                article(datePublished="2023-04-19"),
            ),
        ),
        DAY,
    ),
    Page(
        "broken JSON-LD",
        page(
            H1 + PARAGRAPHS,
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A "quoted" one","datePublished":"2023-04-19T10:00:00",}</script>',
        ),
        DAY,
    ),
    Page(
        "JSON-LD with raw line ends and a last comma",
        page(
            H1 + PARAGRAPHS,
            '<script type="application/ld+json">{"@type":"NewsArticle","description":"one\ntwo","datePublished":"2023-04-19T10:00:00",}</script>',
        ),
        DAY,
    ),
    Page(
        "meta tags only",
        page(
            H1 + PARAGRAPHS + CARDS + FOOTER,
            meta(
                article__published_time="2023-04-19T10:00:00+02:00", article__modified_time="2023-04-20T10:00:00+02:00"
            ),
        ),
        DAY,
        date(2023, 4, 20),
    ),
    Page(
        "machine's date is the migration's, page and address tell the original",
        page(
            H1 + '<p class="date">19 April 2023</p>' + PARAGRAPHS,
            linked(article(datePublished="2024-02-11T03:00:00+00:00")),
        ),
        DAY,
        address="https://ellerypost.example/2023/04/19/crane-falls",
    ),
    Page(
        "two machine dates, the earlier one is shown",
        page(
            H1 + '<div class="meta">19 April 2023</div>' + PARAGRAPHS,
            linked(article(datePublished="2023-08-02")) + meta(article__published_time="2023-04-19"),
        ),
        DAY,
    ),
    Page(
        "Dublin Core of an agency",
        page(
            H1 + PARAGRAPHS,
            '<meta name="DC.date.issued" content="2023-04-19"><meta name="DC.date.modified" content="2023-09-01">',
        ),
        DAY,
        date(2023, 9, 1),
    ),
    Page("parsely", page(H1 + PARAGRAPHS, '<meta name="parsely-pub-date" content="2023-04-19T22:00:00Z">'), DAY),
    Page("a date meta tag alone", page(H1 + PARAGRAPHS + FOOTER, '<meta name="date" content="2023-04-19">'), DAY),
    Page(
        "a date meta tag that is the update's",
        page(
            H1 + '<p class="byline">Published 19 April 2023, updated 21 April 2023</p>' + PARAGRAPHS,
            '<meta name="date" content="2023-04-21">',
        ),
        DAY,
        date(2023, 4, 21),
    ),
    Page("WordPress without a plugin", page(WORDPRESS, lang="en-US"), DAY, date(2023, 6, 1)),
    Page(
        "microdata",
        page(
            f'<div itemscope itemtype="http://schema.org/Article"><h1 itemprop="headline">{TITLE}</h1><span itemprop="datePublished" content="2023-04-19">yesterday</span>{PARAGRAPHS}</div>'
            '<div itemscope itemtype="http://schema.org/Comment"><span itemprop="datePublished" content="2023-04-30">x</span></div>'
        ),
        DAY,
    ),
    Page(
        "hAtom on a blog",
        page(
            f'<div class="hentry"><h2 class="entry-title">{TITLE}</h2><abbr class="published" title="2023-04-19T10:00:00">Wednesday, 19 April 2023</abbr>{PARAGRAPHS}</div>{CARDS}'
        ),
        DAY,
    ),
    Page(
        "Blogger: the date as a heading above the post",
        page(
            f'<h2 class="date-header"><span>Wednesday, April 19, 2023</span></h2><h3 class="post-title entry-title">{TITLE}</h3><div class="post-body">{PARAGRAPHS}</div><div class="post-footer">Posted by <span>Mara</span> at <a href="/x"><abbr title="2023-04-19T07:12:00-07:00">7:12 AM</abbr></a></div><div class="sidebar"><h2>Blog Archive</h2><ul><li>May 2023</li></ul></div>'
        ),
        DAY,
    ),
    Page(
        "old school tables",
        page(
            f'<table width="100%"><tr><td bgcolor="#003366"><font color="white">ELLERY POST ONLINE - Today is Monday, January 6, 2025</font></td></tr><tr><td><a href="/">Home</a> | <a href="/sport">Sport</a></td><td><font size="5"><b>{TITLE}</b></font><br><font size="1">Wednesday, April 19, 2023</font><br><br>{"<br><br>".join(STORY)}</td></tr><tr><td>Copyright 2025 Ellery Post</td></tr></table>'
        ),
        DAY,
    ),
    Page(
        "old school with the paper's date line on top",
        page(
            f'<center><img src="logo.gif"></center><b>Published on April 19, 2023</b><hr><h2>{TITLE}</h2>{PARAGRAPHS}<hr><i>Last updated: 12 December 2024</i>'
        ),
        DAY,
        date(2024, 12, 12),
    ),
    Page(
        "AMP",
        page(
            f'<amp-sidebar id="s"></amp-sidebar><main><header>{H1}<div class="amp-wp-meta amp-wp-posted-on"><time datetime="2023-04-19T12:00:00+00:00">4 years ago</time></div></header><div class="amp-wp-article-content">{PARAGRAPHS}</div></main>'
        ),
        DAY,
    ),
    Page(
        "relative words on the page, the hour in the tag",
        page(f'{H1}<p>Mara Quill <time datetime="2023-04-19T12:00:00+00:00">2 hours ago</time></p>{PARAGRAPHS}{CARDS}'),
        DAY,
    ),
    Page(
        "a press release",
        page(f"{H1}<p>PORT ELLERY, April 19, 2023 (PRWIRE) -- {STORY[0]}</p>{PARAGRAPHS}{FOOTER}"),
        DAY,
    ),
    Page(
        "byline with bars",
        page(f"{H1}<div>By Mara Quill | Ellery Post | 04/19/2023 3:15 PM</div>{PARAGRAPHS}{FOOTER}", lang="en-US"),
        DAY,
    ),
    Page(
        "numbers that are two days, British",
        page(f'{H1}<div class="date">04/05/2023</div>{PARAGRAPHS}', lang="en-GB"),
        date(2023, 5, 4),
    ),
    Page(
        "numbers that are two days, American",
        page(f'{H1}<div class="date">04/05/2023</div>{PARAGRAPHS}', lang="en-US"),
        date(2023, 4, 5),
    ),
    Page("numbers that are two days, nobody knows", page(f'{H1}<div class="date">04/05/2023</div>{PARAGRAPHS}'), None),
    Page(
        "German",
        page(
            f'{H1}<p class="meta">Von Mara Quill, 19. April 2023, 08:15 Uhr</p>{PARAGRAPHS}<p>Stand: 21.04.2023</p>',
            lang="de",
        ),
        DAY,
    ),
    Page(
        "German with two-digit years", page(f'{H1}<div class="article-date">19.04.23</div>{PARAGRAPHS}', lang="de"), DAY
    ),
    Page(
        "French",
        page(f"{H1}<p>Publié le 19 avril 2023 à 10h30 - Mis à jour le 20 avril 2023</p>{PARAGRAPHS}", lang="fr"),
        DAY,
        date(2023, 4, 20),
    ),
    Page("Spanish", page(f'{H1}<span class="fecha">19 de abril de 2023</span>{PARAGRAPHS}', lang="es"), DAY),
    Page(
        "published and updated in one line",
        page(
            f"{H1}<p>Published 9:11 AM EDT, Wed April 19, 2023 Updated 10:45 PM EDT, Thu April 20, 2023</p>{PARAGRAPHS}"
        ),
        DAY,
        date(2023, 4, 20),
    ),
    Page(
        "updated first, published second",
        page(f"{H1}<p>Updated: April 20, 2023</p><p>Published: April 19, 2023</p>{PARAGRAPHS}"),
        DAY,
        date(2023, 4, 20),
    ),
    Page(
        "label and date in two cells",
        page(
            f"{H1}<dl><dt>Author</dt><dd>Mara Quill</dd><dt>Published</dt><dd>19 April 2023</dd><dt>Last modified</dt><dd>3 May 2023</dd></dl>{PARAGRAPHS}"
        ),
        DAY,
        date(2023, 5, 3),
    ),
    Page(
        "address only",
        page(H1 + PARAGRAPHS + CARDS + FOOTER),
        DAY,
        address="https://ellerypost.example/news/2023/apr/19/crane-falls",
    ),
    Page(
        "day under the story",
        page(f'{H1}{PARAGRAPHS}<p>Posted by Mara Quill on April 19, 2023 in <a href="/c">Harbour</a> | 3 comments</p>'),
        DAY,
    ),
    Page(
        "republished from elsewhere",
        page(
            f"{H1}<p>Originally published: Gull Rock Wire on April 19, 2023 by Bo Lin | (Posted Apr 21, 2023)</p>{PARAGRAPHS}"
        ),
        DAY,
    ),
    Page(
        "a span a word",
        page(f'{H1}<div class="post-info"><span>19</span> <span>April</span> <span>2023</span></div>{PARAGRAPHS}'),
        DAY,
    ),
    Page("weekday and dots", page(f"{H1}<p>Wed., Apr. 19, 2023</p>{PARAGRAPHS}"), DAY),
    Page("only an update is stated", page(f"{H1}<p>Last updated: April 19, 2023</p>{PARAGRAPHS}{FOOTER}"), None, DAY),
    Page("nothing but a copyright", page(f"{H1}{PARAGRAPHS}{FOOTER}"), None),
    Page("only other stories have days", page(f"{H1}{PARAGRAPHS}{CARDS}{FOOTER}"), None),
    Page(
        "today's day in the masthead",
        page(
            f'<div id="top">Monday, January 6, 2025</div><nav><a href="/">Home</a></nav><ul><li>News</li><li>Sport</li><li>Arts</li><li>Weather</li><li>Letters</li></ul>{H1}{PARAGRAPHS}{FOOTER}'
        ),
        None,
    ),
    Page("an event's day", page(f"{H1}<p>Event date: June 3, 2023, doors open at 7</p>{PARAGRAPHS}"), None),
    Page(
        "the clock that was never set",
        page(H1 + PARAGRAPHS, meta(article__published_time="1970-01-01T00:00:00Z")),
        None,
    ),
    Page("a day to come", page(H1 + PARAGRAPHS, meta(article__published_time="2093-01-01T00:00:00Z")), None),
    Page(
        "days in the story only",
        page(f"{H1}<p>On April 2, 2021 the council met. {STORY[0]}</p>{PARAGRAPHS}{FOOTER}"),
        None,
    ),
    Page(
        "Drupal",
        page(
            f'<h1 class="page-header">{TITLE}</h1><div class="submitted"><span>Submitted by mquill on Wed, 04/19/2023 - 10:11</span></div>{PARAGRAPHS}',
            lang="en",
        ),
        DAY,
    ),
    Page(
        "comments nearer than the date",
        page(
            f'{H1}{PARAGRAPHS}<p class="article-date">19 April 2023</p><div class="comments"><p>Bo, 22 April 2023</p><p>Well said.</p></div>'
        ),
        DAY,
    ),
    Page(
        "JSON-LD of the site's video",
        page(
            f'{H1}<p class="timestamp">April 19, 2023</p>{PARAGRAPHS}',
            linked({"@type": "VideoObject", "name": "Else", "uploadDate": "2022-02-02"}),
        ),
        DAY,
    ),
    Page("Japanese", page(f"{H1}<p>2023年4月19日 10時30分</p>{PARAGRAPHS}", lang="ja"), DAY),
    Page(
        "saved page",
        "<!-- saved from url=(0051)https://ellerypost.example/2023/04/19/crane-falls/ -->" + page(H1 + PARAGRAPHS),
        DAY,
    ),
]
