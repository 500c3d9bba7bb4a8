"""The reader's desk: conversations kept, answers judged and taken away, settings and users of a home."""
