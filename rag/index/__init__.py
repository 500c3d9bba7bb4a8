"""From articles to hits: embed, store (SQLite), vectors (Chroma), retrieve."""
