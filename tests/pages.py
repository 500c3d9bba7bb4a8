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

_BOX = '<div class="share"><a href="#">Share</a></div>'
PAGES += [
    Page(
        "news site with a live header, JSON-LD list of breadcrumbs",
        page(
            f'<header><span class="header-date">Wednesday, November 11, 2024</span></header>{H1}<div class="author-box">Mara Quill, Harbour correspondent</div><div class="ArticleDate">Apr 19, 2023 5:00am EDT</div>{PARAGRAPHS}{CARDS}{FOOTER}',
            linked(
                {"@type": "BreadcrumbList", "itemListElement": []},
                {"@type": "Organization", "name": "EP", "foundingDate": "1904-02-01"},
            ),
        ),
        DAY,
    ),
    Page(
        "Movable Type: comments bear days and no class",
        page(
            f'<div id="banner"><h1>Harbour Notes</h1></div><h2>April 19, 2023</h2><h3>{TITLE}</h3>{PARAGRAPHS}<p>Posted by Mara at April 19, 2023 10:33 AM</p><h3>Comments</h3><p>Nice piece.</p><p>Posted by: Bo at April 21, 2023 02:11 PM</p><p>Agreed.</p><p>Posted by: Cy at April 22, 2023 02:11 PM</p>'
        ),
        DAY,
    ),
    Page(
        "Typepad footer",
        page(
            f'<h1>Harbour Notes</h1><h2 class="date-header">19 April 2023</h2><h3 class="entry-header">{TITLE}</h3><div class="entry-body">{PARAGRAPHS}</div><p class="entry-footer">Posted at 10:33 in <a href="#">Docks</a> | <a href="#">Permalink</a></p>'
        ),
        DAY,
    ),
    Page(
        "Medium-like",
        page(
            f'{H1}<div><a href="/@m">Mara Quill</a> <span>·</span> <span>4 min read</span> <span>·</span> <span>Apr 19, 2023</span></div>{PARAGRAPHS}',
            linked(
                {
                    "@type": "NewsArticle",
                    "datePublished": "2023-04-19T17:01:22.123Z",
                    "dateModified": "2023-04-19T18:01:22.123Z",
                }
            ),
        ),
        DAY,
    ),
    Page(
        "Substack-like",
        page(
            f'{H1}<h3>A short standfirst about the harbour</h3><div class="pencraft">Mara Quill</div><div class="pencraft">Apr 19, 2023</div>{_BOX}{PARAGRAPHS}<div>Discussion about this post</div><div>Bo <a href="#">Apr 22, 2023</a></div>'
        ),
        DAY,
    ),
    Page(
        "Squarespace",
        page(
            f'<article><div class="blog-item-top"><time class="dt-published" datetime="2023-04-19">Apr 19</time></div>{H1}{PARAGRAPHS}</article><a class="next"><time datetime="2023-05-02">May 2</time><h2>Next: ferries</h2></a>'
        ),
        DAY,
    ),
    Page(
        "Ghost",
        page(
            f'<article class="gh-article">{H1}<time class="gh-article-meta-date" datetime="2023-04-19">Apr 19, 2023</time>{PARAGRAPHS}</article><section class="gh-read-next"><time datetime="2023-05-02">May 2, 2023</time></section>',
            meta(og__updated_time="2023-04-19T10:00:00.000Z"),
        ),
        DAY,
    ),
    Page(
        "Joomla",
        page(
            f'<h2 itemprop="headline">{TITLE}</h2><dl class="article-info"><dd class="category-name">Category: Docks</dd><dd class="published"><time datetime="2023-04-19T10:00:00+00:00" itemprop="datePublished">Published: 19 April 2023</time></dd><dd class="modified"><time datetime="2023-05-19T10:00:00+00:00" itemprop="dateModified">Last Updated: 19 May 2023</time></dd><dd class="hits">Hits: 2023</dd></dl>{PARAGRAPHS}'
        ),
        DAY,
        date(2023, 5, 19),
    ),
    Page(
        "TYPO3 news",
        page(
            f'<div class="news-single"><div class="header">{H1}</div><div class="footer"><p><span class="news-list-date"><time itemprop="datePublished" datetime="2023-04-19">19.04.2023</time></span></p></div>{PARAGRAPHS}</div>',
            lang="de",
        ),
        DAY,
    ),
    Page(
        "government page",
        page(
            f'{H1}<dl class="metadata"><dt>From:</dt><dd>Port Office</dd><dt>Published</dt><dd>19 April 2023</dd><dt>Last updated</dt><dd>2 July 2024 — <a href="#">See all updates</a></dd></dl>{PARAGRAPHS}',
            lang="en",
        ),
        DAY,
        date(2024, 7, 2),
    ),
    Page(
        "university news",
        page(
            f'<div class="field field--name-field-date">Wednesday, April 19, 2023</div>{H1}{PARAGRAPHS}<div>Contact: Press office, founded January 3, 1999</div>'
        ),
        DAY,
    ),
    Page(
        "agency with a dateline that lacks the year, address has it",
        page(f"{H1}<p>PORT ELLERY, April 19 (Wire) - {STORY[0]}</p>{PARAGRAPHS}"),
        DAY,
        address="https://wire.example/article/idUS2023-04-19-crane",
    ),
    Page(
        "address with digits run together",
        page(H1 + PARAGRAPHS),
        DAY,
        address="https://www.example.com/news/20230419/crane-falls",
    ),
    Page(
        "address with a month only", page(H1 + PARAGRAPHS), None, address="https://www.example.com/2023/04/crane-falls"
    ),
    Page(
        "caption with a day above the byline",
        page(
            f'{H1}<figure><img src="a.jpg"><figcaption>The crane in Port Ellery, April 18, 2023. (Photo: Bo Lin)</figcaption></figure><p class="byline">By Mara Quill</p><p>April 19, 2023</p>{PARAGRAPHS}'
        ),
        DAY,
    ),
    Page(
        "caption in a plain div",
        page(
            f"{H1}<div>Workers look at the crane in Port Ellery on April 18, 2023. Bo Lin/Wire</div><div>By Mara Quill, April 19, 2023</div>{PARAGRAPHS}"
        ),
        DAY,
    ),
    Page(
        "standfirst that names a day",
        page(
            f"{H1}<p>Rules in force since 1 March 2021 did not prevent the accident.</p><p><span>19 April 2023</span> by Mara Quill</p>{PARAGRAPHS}"
        ),
        DAY,
    ),
    Page(
        "standfirst that names a day and nothing else",
        page(f"{H1}<p>Rules in force since 1 March 2021 did not prevent the accident.</p>{PARAGRAPHS}"),
        None,
    ),
    Page(
        "time zone mess: machine says the next day by offset",
        page(
            f'{H1}<time datetime="2023-04-20T03:00:00Z">April 19, 2023 11:00 p.m. ET</time>{PARAGRAPHS}',
            meta(article__published_time="2023-04-20T03:00:00+00:00"),
        ),
        DAY,
    ),
    Page(
        "updated day shown alone beside the headline",
        page(
            f'{H1}<span class="date">April 20, 2023</span>{PARAGRAPHS}',
            linked(article(datePublished="2023-04-19T10:00:00-04:00", dateModified="2023-04-20T09:00:00-04:00")),
        ),
        DAY,
        date(2023, 4, 20),
    ),
    Page("Italian", page(f'{H1}<div class="data">19 aprile 2023</div>{PARAGRAPHS}', lang="it"), DAY),
    Page("Polish", page(f"{H1}<div>Opublikowano: 19 kwietnia 2023</div>{PARAGRAPHS}", lang="pl"), DAY),
    Page("Russian", page(f"{H1}<div>19 апреля 2023, 10:15</div>{PARAGRAPHS}", lang="ru"), DAY),
    Page("Dutch", page(f"{H1}<div>woensdag 19 april 2023 om 10:15</div>{PARAGRAPHS}", lang="nl"), DAY),
    Page(
        "Portuguese",
        page(f"{H1}<p>Publicado em 19/04/2023 às 10h15, atualizado em 20/04/2023</p>{PARAGRAPHS}", lang="pt"),
        DAY,
        date(2023, 4, 20),
    ),
    Page("upper case month", page(f"{H1}<p>APRIL 19, 2023 | BY MARA QUILL</p>{PARAGRAPHS}"), DAY),
    Page("apostrophe year", page(f"{H1}<p>Apr 19, '23 at 10:10</p>{PARAGRAPHS}"), DAY),
    Page(
        "calendar leaf with the month in the address",
        page(f'<div class="date-box"><span class="m">Apr</span><span class="d">19</span></div>{H1}{PARAGRAPHS}'),
        DAY,
        address="https://blog.example/2023/04/crane-falls/",
    ),
    Page(
        "data layer of a shop of statistics",
        page(
            f'{H1}{PARAGRAPHS}<script>var dataLayer=[{{"pageType":"article","publishDate":"2023-04-19T10:00:00+02:00","author":"mq"}}];</script>'
        ),
        DAY,
    ),
    Page(
        "next.js data",
        page(
            f'{H1}{PARAGRAPHS}<script id="__NEXT_DATA__" type="application/json">{{"props":{{"article":{{"firstPublishedAt":"2023-04-19T10:00:00Z","related":[]}}}}}}</script>'
        ),
        DAY,
    ),
    Page(
        "data layer of many stories",
        page(
            f'{H1}{PARAGRAPHS}<script>var s=[{{"publishDate":"2023-04-19"}},{{"publishDate":"2023-05-19"}}];</script>'
        ),
        None,
    ),
    Page(
        "terms page with an effective date",
        page(f"<h1>Terms of use</h1><p>Effective date: January 1, 2022</p>{PARAGRAPHS}", title="Terms of use"),
        None,
    ),
    Page(
        "podcast page", page(f'{H1}<div class="episode-meta">Episode 12 • Apr 19, 2023 • 32 min</div>{PARAGRAPHS}'), DAY
    ),
    Page(
        "forum thread",
        page(
            f'{H1}<div class="post"><span class="author">bo</span> » Wed Apr 19, 2023 10:10 am<div class="content">{PARAGRAPHS}</div></div><div class="post"><span class="author">cy</span> » Thu Apr 20, 2023 8:00 am<div class="content"><p>I agree with it all.</p></div></div>'
        ),
        DAY,
    ),
    Page("magazine: month only", page(f'{H1}<p class="issue">April 2023 issue</p>{PARAGRAPHS}'), None),
    Page(
        "scholarly tags",
        page(
            f"{H1}{PARAGRAPHS}",
            '<meta name="citation_publication_date" content="2023/04/19"><meta name="citation_online_date" content="2023/04/19">',
        ),
        DAY,
    ),
    Page(
        "bare h1 of the site, story headline in a paragraph",
        page(
            f'<h1><a href="/">Ellery Post</a></h1><p class="hed"><strong>{TITLE}</strong></p><p><em>April 19, 2023</em></p>{PARAGRAPHS}'
        ),
        DAY,
    ),
    Page(
        "correction note below",
        page(
            f"{H1}<p>April 19, 2023</p>{PARAGRAPHS}<p>Correction, April 24, 2023: an earlier version misstated the age of the crane.</p>"
        ),
        DAY,
    ),
    Page(
        "first published below",
        page(f"{H1}<p>Updated 20 April 2023</p>{PARAGRAPHS}<p>First published on 19 April 2023.</p>"),
        DAY,
        date(2023, 4, 20),
    ),
    Page(
        "Chicago style",
        page(
            f'{H1}<div class="c-byline">By <span>Mara Quill</span> and <span>Bo Lin</span> | <span>Ellery Post</span> | <span>PUBLISHED:</span> <time datetime="2023-04-19 10:11:12">April 19, 2023 at 10:11 a.m.</time> | <span>UPDATED:</span> <time datetime="2023-04-20 10:11:12">April 20, 2023 at 10:11 a.m.</time></div>{PARAGRAPHS}'
        ),
        DAY,
        date(2023, 4, 20),
    ),
]

_LONG = " ".join(STORY) + " " + " ".join(STORY[:2])
LP = f"<p>{_LONG}</p><p>{_LONG}</p>"
PAGES += [
    Page(
        "wp no plugin, footer date",
        page(
            f'<h1 class="entry-title">{TITLE}</h1><div class="entry-content">{LP}</div><p class="postmetadata">This entry was posted on Wednesday, April 19th, 2023 at 10:11 am and is filed under <a>News</a>. You can follow any responses through the RSS feed.</p><h3>2 Responses</h3><ol class="commentlist"><li><small>April 22nd, 2023 at 3:11 am</small><p>ok</p></li></ol>'
        ),
        DAY,
    ),
    Page(
        "blogspot timestamp",
        page(
            f'<div class="date-outer"><h2 class="date-header"><span>19.4.23</span></h2><div class="post"><h3 class="post-title">{TITLE}</h3><div class="post-body">{LP}</div></div></div>',
            lang="de",
        ),
        DAY,
        address="https://x.blogspot.com/2023/04/crane.html",
    ),
    Page(
        "livejournal",
        page(
            f'<div class="entry-title">{TITLE}</div><table><tr><td><a href="/2023/">2023</a>-<a>04</a>-<a>19</a> 10:11:00</td></tr></table><div>{LP}</div>'
        ),
        DAY,
    ),
    Page(
        "tumblr",
        page(
            f'<article><h1>{TITLE}</h1>{LP}<footer class="post-footer"><a class="post-date" href="/post/1">April 19, 2023</a> 12 notes</footer></article>'
        ),
        DAY,
    ),
    Page(
        "news w/ date above kicker",
        page(
            f'<div class="kicker">Harbour</div><div class="article-header"><span class="article-header__date">Published on: 19/04/2023 - 10:11Modified: 20/04/2023 - 08:00</span>{H1}</div>{LP}'
        ),
        DAY,
    ),
    Page(
        "france24-like",
        page(
            f'{H1}<div class="m-pub-dates"><span>Issued on: <time datetime="2023-04-19T08:11:00+0000">19/04/2023 - 10:11</time></span><span>Modified: <time datetime="2023-04-20T08:00:00+0000">20/04/2023 - 10:00</time></span></div>{LP}'
        ),
        DAY,
    ),
    Page(
        "bbc old",
        page(
            f'<span class="date">19 April 2023</span> <span class="time-text">Last updated at </span><span class="time">10:11 GMT</span>{H1}{LP}',
            '<meta name="OriginalPublicationDate" content="2023/04/19 10:11:15">',
        ),
        DAY,
    ),
    Page(
        "telegraph old",
        page(
            f'{H1}<div class="story-by"><p class="bylineBody">By Mara Quill</p><p class="publishedDate">10:11AM BST 19 Apr 2023</p></div>{LP}'
        ),
        DAY,
    ),
    Page(
        "reuters old",
        page(f'<div>Edition: US</div>{H1}<div class="timestamp">Wed Apr 19, 2023 10:11am EDT</div>{LP}'),
        DAY,
    ),
    Page(
        "nyt print style",
        page(
            f'{H1}<div class="timestamp">Published: April 19, 2023</div>{LP}<div class="correctionNote">Correction: April 25, 2023</div>',
            '<meta name="pdate" content="20230419">',
        ),
        DAY,
    ),
    Page(
        "heise like",
        page(
            f'{H1}<time datetime="2023-04-19T10:11:00">19.04.2023 10:11 Uhr</time>{LP}',
            '<meta name="date" content="2023-04-19T10:11:00+02:00">',
            lang="de",
        ),
        DAY,
    ),
    Page(
        "zeit like",
        page(
            f'{H1}<time datetime="2023-04-19T10:11:00+02:00" class="metadata__date">19. April 2023, 10:11 Uhr</time><span>Aktualisiert am 20. April 2023</span>{LP}',
            '<meta name="last-modified" content="2023-04-20T10:00:00+02:00"><meta name="date" content="2023-04-19T10:11:00+02:00">',
            lang="de",
        ),
        DAY,
    ),
    Page(
        "only h1 logo; title td",
        page(
            f'<table><tr><td class="contentheading">{TITLE}</td></tr><tr><td class="createdate">Wednesday, 19 April 2023 10:11</td></tr><tr><td>{LP}</td></tr><tr><td class="modifydate">Last Updated ( Friday, 21 April 2023 )</td></tr></table>'
        ),
        DAY,
    ),
    Page(
        "phpbb",
        page(
            f'<h3 class="first"><a>{TITLE}</a></h3><p class="author">by <strong>bo</strong> » 19 Apr 2023, 10:11</p><div class="content">{LP}</div><h3>Re: crane</h3><p class="author">by <strong>cy</strong> » 22 Apr 2023, 10:11</p><div class="content">{LP}</div>'
        ),
        DAY,
    ),
    Page(
        "event listing side",
        page(
            f'{H1}<p class="submitted">19 Apr 2023</p>{LP}<div class="block"><h3>Events</h3><ul><li>20 May 2024 Regatta</li><li>21 May 2024 Concert</li></ul></div>'
        ),
        DAY,
    ),
    Page(
        "archive side list",
        page(
            f'<div id="left"><h3>News</h3><ul><li><a>01.02.2024 Something new</a></li><li><a>03.02.2024 More new things</a></li></ul></div><div id="content"><h1>{TITLE}</h1><p>19.04.2023</p>{LP}</div>',
            lang="de",
        ),
        DAY,
    ),
    Page(
        "amp json-ld with list date",
        page(
            H1 + LP,
            linked(
                {
                    "@context": "http://schema.org",
                    "@type": "NewsArticle",
                    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://e.example/a"},
                    "headline": "Other wording of headline",
                    "datePublished": "April 19, 2023",
                    "image": [1],
                }
            ),
        ),
        DAY,
    ),
    Page(
        "json-ld list at top",
        page(
            H1 + LP,
            linked(
                [
                    {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2023-04-19T10:11:12.000+0000"},
                    {"@type": "BreadcrumbList"},
                ]
            ),
        ),
        DAY,
    ),
    Page(
        "json-ld webpage only",
        page(H1 + LP, linked({"@type": "WebPage", "datePublished": "2023-04-19", "dateModified": "2023-05-01"})),
        DAY,
    ),
    Page(
        "related json-ld articles only + visible",
        page(
            H1 + '<p class="date">April 19, 2023</p>' + LP,
            linked(
                article(headline="Ferry", datePublished="2022-01-01"),
                article(headline="Docks", datePublished="2022-02-01"),
            ),
        ),
        DAY,
    ),
    Page(
        "microdata w/ meta, related microdata",
        page(
            f'<article itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="datePublished" content="2023-04-19T10:00:00Z">{H1}{LP}</article><div itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="datePublished" content="2021-04-19T10:00:00Z"></div>'
        ),
        DAY,
    ),
    Page(
        "related microdata before",
        page(
            f'<div class="top-stories"><div itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="datePublished" content="2021-04-19T10:00:00Z"></div></div><article itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="datePublished" content="2023-04-19T10:00:00Z">{H1}{LP}</article>'
        ),
        DAY,
    ),
    Page(
        "rdfa",
        page(
            f'<div><h1 property="dc:title">{TITLE}</h1><span property="dc:date dc:created" content="2023-04-19T10:11:12+02:00" datatype="xsd:dateTime" rel="sioc:has_creator">Submitted by bo on 19 April, 2023 - 10:11</span>{LP}</div>'
        ),
        DAY,
    ),
    Page(
        "data attr",
        page(
            f'{H1}<span class="updated" data-time="1681900000">Updated April 21, 2023</span><span class="published" data-time="x">Published April 19, 2023</span>{LP}'
        ),
        DAY,
    ),
    Page(
        "month abbreviations glued",
        page(
            f'{H1}<div class="date"><span class="day">19</span><span class="month">Apr</span><span class="year">2023</span></div>{LP}'
        ),
        DAY,
    ),
    Page("iso in text", page(f"{H1}<small>2023-04-19 10:11:12 UTC</small>{LP}"), DAY),
    Page("sv", page(f"{H1}<p>Publicerad 19 april 2023</p>{LP}", lang="sv"), DAY),
    Page("tr", page(f"{H1}<p>19 Nisan 2023 Çarşamba</p>{LP}", lang="tr"), DAY),
    Page("cs", page(f"{H1}<p>19. dubna 2023</p>{LP}", lang="cs"), DAY),
    Page("zh", page(f"{H1}<p>发布时间：2023-04-19 10:11</p>{LP}", lang="zh"), DAY),
    Page("ar page w latin date", page(f"{H1}<p>19/04/2023</p>{LP}", lang="ar"), DAY),
    Page(
        "only comments dates",
        page(
            f'{H1}{LP}<div class="comment-list"><div class="comment"><time datetime="2023-04-22">22 April 2023</time></div></div>'
        ),
        None,
    ),
    Page("copyright only range", page(f"{H1}{LP}<div>Copyright 2001-2023. Last build 19 April 2023</div>"), None),
    Page("story date only in long para", page(f"{H1}<p>{_LONG} On 19 April 2021 the port reopened.</p>{LP}"), None),
    Page("footer last modified", page(f"{H1}{LP}<p>This page was last modified on 19 April 2023, at 10:11.</p>"), None),
    Page(
        "download list dates",
        page(f"{H1}{LP}<ul><li>Report (PDF) 3 May 2022</li><li>Annex (PDF) 9 May 2022</li></ul>"),
        None,
    ),
    Page("quote date line", page(f"{H1}<blockquote>Letter to the editor, 4 May 1999</blockquote>{LP}"), None),
    Page(
        "weather widget",
        page(
            f'<div class="weather">Port Ellery 12° Wed 19 Apr 2023</div><ul><li>a</li><li>b</li><li>c</li><li>d</li><li>e</li></ul>{H1}{LP}'
        ),
        None,
    ),
    Page(
        "guardian style",
        page(
            f'{H1}<div class="dcr">Wed 19 Apr 2023 10.11 BST</div><details><summary>Last modified on Thu 20 Apr 2023 09.11 BST</summary></details>{LP}',
            meta(article__published_time="2023-04-19T09:11:00.000Z", article__modified_time="2023-04-20T08:11:00.000Z"),
        ),
        DAY,
        address="https://g.example/world/2023/apr/19/crane",
    ),
    Page(
        "pub_date js only",
        page(
            f'{H1}{LP}<script>window.utag_data={{"article_publish_date":"x","publication_date":"2023-04-19"}}</script>'
        ),
        DAY,
    ),
    Page(
        "author bio joined",
        page(
            f'{H1}<div class="author">Mara Quill joined in January 3, 2012</div><div class="dt">Apr 19, 2023 | 10:11</div>{LP}'
        ),
        DAY,
    ),
    Page(
        "read time updated text",
        page(
            f"{H1}<p>By MARA QUILL</p><p>Updated 10:11 AM EDT, April 20, 2023</p><p>Share</p>{LP}",
            meta(article__published_time="2023-04-19T14:11:12Z", article__modified_time="2023-04-20T14:11:12Z"),
        ),
        DAY,
    ),
]
