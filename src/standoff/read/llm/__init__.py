"""The optional coder that asks a language model: any endpoint that speaks the OpenAI protocol.

The text is data and never instruction. What the model writes counts only where it can be checked:
quotes must stand in the text word for word, at one place; numbers and dates are read from those
words by our own grammars; actors must be named by words of the text, and known, or are marked as new.
Claims are proposed by their parts, each a quotation; verdicts are ours. Everything else is dropped and
counted. Nothing leaves the machine before somebody has agreed to it for the dossier.
"""

from standoff.read.llm.cache import ReplayCache
from standoff.read.llm.client import Endpoint
from standoff.read.llm.coder import Dropped, LlmReading, read_with_llm
from standoff.read.llm.consent import Consent, consent_for, record_consent

__all__ = [
    "Consent",
    "Dropped",
    "Endpoint",
    "LlmReading",
    "ReplayCache",
    "consent_for",
    "read_with_llm",
    "record_consent",
]
