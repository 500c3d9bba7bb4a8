"""Rows of the desk's tables made into its records."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from rag.desk.records import Feedback, Kept
from rag.desk.revive import answer_from_json, cited_from_json

EXCHANGES = (
    "select e.*, thumb, fault, reason, given from exchange e left join feedback f on f.exchange = e.number"
    " where e.conversation = ? order by e.position"
)


def to_kept(row: sqlite3.Row) -> Kept:
    return Kept(
        position=row["position"],
        question=row["question"],
        asked=datetime.fromisoformat(row["asked"]),
        state=row["state"],
        answer=answer_from_json(json.loads(row["answer"])) if row["answer"] else None,
        cited=tuple(map(cited_from_json, json.loads(row["cited"]))),
        trouble=row["trouble"],
        index_version=row["index_version"],
        feedback=to_feedback(row) if row["thumb"] else None,
    )


def to_feedback(row: sqlite3.Row) -> Feedback:
    return Feedback(row["thumb"], row["fault"], row["reason"], datetime.fromisoformat(row["given"]))
