"""The encoder: every word of a text as a vector that knows its context and no name.

`masking` puts numbers for names and cuts the text into windows, `pieces` into the vocabulary of the
`network`, `heads` read off what a word tells and who takes part, `context` holds one text.
"""

from standoff.read.encoder.context import Context, Encoder, shipped_encoder
from standoff.read.encoder.heads import EVENTS, LEVELS, STATUSES, Logits

__all__ = ["EVENTS", "LEVELS", "STATUSES", "Context", "Encoder", "Logits", "shipped_encoder"]
