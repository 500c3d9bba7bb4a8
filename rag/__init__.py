"""Dateline: ask a folder of news articles, get a short answer with the sentence that proves it."""

__version__ = "0.1.0"
