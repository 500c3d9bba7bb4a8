"""`dateline` as a command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
OWN = (
    "DATELINE_HOME", "DATELINE_OFFLINE", "DATELINE_LLM_URL", "DATELINE_LLM_KEY", "DATELINE_LLM_MODEL",
    "DATELINE_READING", "DATELINE_RERANKER", "DATELINE_NLI",
)  # fmt: skip


def dateline(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """`dateline WORDS` in a process of its own, with nothing of our own settings but where the models are."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    return subprocess.run(
        [sys.executable, "-m", "rag.cli", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=environment | env,
        timeout=600,
    )
