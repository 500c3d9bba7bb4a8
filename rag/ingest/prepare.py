"""A document made into an article with its chunks: cleaned, described, dated and split."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from rag.errors import ReadError
from rag.ingest.clean import clean, story_text, whole
from rag.ingest.describe import describe
from rag.ingest.page_numbers import kept_starts
from rag.ingest.split import make_sentences, split_chunks
from rag.schema import Article, Chunk, Document, Given


def prepare(document: Document) -> tuple[Article, tuple[Chunk, ...]]:
    """A document cleaned, described, dated and split. Raises ReadError if no story is found in it."""
    if not _encodable(document.path):
        raise ReadError(f"{document.path!a}: the name is no UTF-8 text; rename the file")
    if not _encodable(document.text):
        raise ReadError(f"{document.path}: holds halves of characters; save it again as UTF-8 text")
    blocks = whole(document.text) if document.is_story else clean(document.text)
    text = story_text(blocks)
    if not text:
        raise ReadError(f"{document.path}: no story found in it; is it an article?")
    description = describe(document, blocks)
    article = Article(
        id=hash_text(f"{document.path}\0{_hash_stated(document)}")[:12],
        path=document.path,
        title=description.title,
        text=text,
        outlet=description.outlet,
        authors=description.authors,
        published=description.published,
        updated=description.updated,
        other_dates=description.other_dates,
        place=description.place,
        language=description.language,
        url=description.url,
        sources=description.sources,
        captions=tuple(block.text for block in blocks if block.kind == "caption"),
        notes=tuple(block.text for block in blocks if block.kind == "note"),
        sentences=make_sentences(text, description.published),
        content_hash=hash_document(document),
        page_starts=kept_starts(document, blocks, text),
    )
    return article, split_chunks(article.id, text, article.sentences)


def hash_document(document: Document) -> str:
    """Changes with whatever the article is made from, the ends of its pages too."""
    stated = _hash_stated(document)
    return hash_text(f"{stated}\0{document.page_starts}") if document.page_starts else stated


def hash_text(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _hash_stated(document: Document) -> str:
    """Of what the document says, whatever its pages; a text of which nothing is stated goes by itself alone."""
    if document.given == Given() and not document.is_story:
        return hash_text(document.text)
    given = replace(document.given, sources=dict(sorted(document.given.sources.items())))
    return hash_text(f"{document.text}\0{document.is_story}\0{given}")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
