"""From a file to articles: read, clean, describe, date, dedupe, split."""
