"""Files in, texts out: .txt, .md, HTML, PDF, DOCX, RSS and Atom,
with ways back to page or paragraph.

>>> [d.text for d in load_documents(b"Japan protested.", name="note.txt")]
['Japan protested.']
"""

from standoff.read.documents.decode import Decoded, decode_bytes
from standoff.read.documents.load import (
    LONGEST_BYTES,
    LONGEST_TEXT,
    load_documents,
    load_file,
    refuse_longer,
)
from standoff.read.documents.record import Mark, SourceText

__all__ = [
    "LONGEST_BYTES",
    "LONGEST_TEXT",
    "Decoded",
    "Mark",
    "SourceText",
    "decode_bytes",
    "load_documents",
    "load_file",
    "refuse_longer",
]
