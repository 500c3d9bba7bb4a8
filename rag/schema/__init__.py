"""The things that flow through Dateline, as frozen data. Nothing here does any work.

Offsets are half-open ranges of Unicode code points into `Article.text`, so that
`article.text[start:end] == quote` holds for every quote the program ever shows.
"""

from rag.schema.answers import (
    EVERYTHING,
    Answer,
    AnswerSentence,
    Citation,
    Differs,
    Done,
    Event,
    EvidenceFound,
    Filters,
    Narrowed,
    Role,
    SaidBy,
    SentencePassed,
    Step,
    Turn,
    Verdict,
)
from rag.schema.articles import (
    Article,
    Block,
    BlockKind,
    Chunk,
    DateKind,
    DateMention,
    Document,
    Given,
    Hit,
    Sentence,
    Unread,
)

__all__ = [
    "EVERYTHING",
    "Answer",
    "AnswerSentence",
    "Article",
    "Block",
    "BlockKind",
    "Chunk",
    "Citation",
    "DateKind",
    "DateMention",
    "Differs",
    "Document",
    "Done",
    "Event",
    "EvidenceFound",
    "Filters",
    "Given",
    "Hit",
    "Narrowed",
    "Role",
    "SaidBy",
    "Sentence",
    "SentencePassed",
    "Step",
    "Turn",
    "Unread",
    "Verdict",
]
