"""Work that a batch test gives to its workers; importable by a fresh process."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from standoff.errors import EmptyText
from standoff.read.bulk import BatchItem


def count_words(item: BatchItem) -> Iterator[dict[str, Any]]:
    """Two records a document; the document "deadly" kills its process, "empty" is refused."""
    if item.id == "deadly":
        os._exit(9)
    if item.text == "":
        raise EmptyText("a text without any words", "words", "write some")
    for word in item.text.split()[:2]:
        yield {"type": "word", "start": 0, "end": len(word), "quote": word}


def slow_words(item: BatchItem) -> Iterator[dict[str, Any]]:
    """The same, slowly, so that a run can be killed in its middle."""
    time.sleep(0.002)
    yield from count_words(item)
