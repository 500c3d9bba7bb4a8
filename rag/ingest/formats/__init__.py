"""The formats articles are kept in, one a room: each takes a path's name and an open file and yields what it holds.

What a format states of an article goes into `Document.given`; `is_story` says that the page around it is gone.
"""
