"""Every error that `standoff` raises on purpose, as one tree.

```
StandoffError                     code
├── InputError                    input            what a person or a file gave
│   ├── UnknownActor              unknown-actor
│   ├── UnknownPlace              unknown-place
│   ├── UnknownHandle             unknown-handle
│   ├── UnreadableFile            unreadable-file
│   ├── EmptyText                 empty-text
│   ├── ImpossibleDate            impossible-date
│   ├── BadRecord                 bad-record       a field of a record is missing or wrong
│   └── NoConsent                 no-consent       a text would leave the machine unasked
├── DescriptionError              description      a system, item table or coefficient file
├── LedgerError                   ledger
│   ├── NoDossier                 no-dossier
│   ├── DossierExists             dossier-exists
│   ├── NotADossier               not-a-dossier
│   ├── NewerDossier              newer-dossier
│   ├── SpanMismatch              span-mismatch
│   └── StoreFailure              store-failure    disk full, read-only folder, locks
│       └── DamagedDossier        damaged-dossier  pages lost, or a copy without its -wal
├── ModelError                    model            numbers that no model can take
│   └── GameError                 game             the description of a game
├── EndpointFailure               endpoint         a model server that fails or misbehaves
│   └── UnusableAnswer            unusable-answer  it answers, and nothing of it can be used
├── FactError                     fact             a reference fact that cannot be used
└── MissingExtra                  missing-extra    an optional library is not installed
```

A message says what came, what was expected and what to do. Codes are stable; messages may
be reworded.

>>> str(UnknownActor('"Formosa"', "an ISO alpha-3 code", "standoff actors --like Formosa"))
'unknown-actor: "Formosa" came; expected an ISO alpha-3 code; try: standoff actors --like Formosa'
"""

from __future__ import annotations

from typing import ClassVar


class StandoffError(Exception):
    """Base of the tree: what came, what was expected, what to do."""

    code: ClassVar[str] = "standoff"

    def __init__(self, came: str, expected: str, remedy: str) -> None:
        self.came = came
        self.expected = expected
        self.remedy = remedy
        super().__init__(f"{self.code}: {came} came; expected {expected}; try: {remedy}")

    def __reduce__(self) -> tuple[type[StandoffError], tuple[str, str, str]]:
        # Worker processes send errors home; the default would pass the joined message alone.
        return type(self), (self.came, self.expected, self.remedy)


class InputError(StandoffError):
    """What a person or a file gave cannot be used."""

    code = "input"


class UnknownActor(InputError):
    """A name or code that no table of actors holds."""

    code = "unknown-actor"


class UnknownPlace(InputError):
    """A place that the gazetteer does not hold."""

    code = "unknown-place"


class UnknownHandle(InputError):
    """A handle such as S-014 that this dossier does not hold."""

    code = "unknown-handle"


class UnreadableFile(InputError):
    """A file that cannot be opened, decoded or parsed."""

    code = "unreadable-file"


class EmptyText(InputError):
    """A document without any text."""

    code = "empty-text"


class ImpossibleDate(InputError):
    """A date that is not in the calendar, or lies where it cannot."""

    code = "impossible-date"


class BadRecord(InputError):
    """A record with a field that is missing or out of its range."""

    code = "bad-record"


class NoConsent(InputError):
    """A text would leave the machine, and nobody has agreed to that for this dossier."""

    code = "no-consent"


class DescriptionError(StandoffError):
    """A system description, item table or coefficient file that does not hold together."""

    code = "description"


class LedgerError(StandoffError):
    """The store refuses, and says why; nothing that was acknowledged is lost."""

    code = "ledger"


class NoDossier(LedgerError):
    """No dossier was named and none, or more than one, is here."""

    code = "no-dossier"


class DossierExists(LedgerError):
    """A dossier of this name is already here."""

    code = "dossier-exists"


class NotADossier(LedgerError):
    """The file is not a dossier."""

    code = "not-a-dossier"


class NewerDossier(LedgerError):
    """The dossier was written by a newer version."""

    code = "newer-dossier"


class SpanMismatch(LedgerError):
    """`text[start:end]` is not the quote."""

    code = "span-mismatch"


class StoreFailure(LedgerError):
    """The file system failed: disk full, read-only folder, a lock that never came free."""

    code = "store-failure"


class DamagedDossier(StoreFailure):
    """The file of the dossier is cut short, overwritten, or was copied without its newest pages."""

    code = "damaged-dossier"


class ModelError(StandoffError):
    """Numbers that no model can take: a negative variance, a probability above one."""

    code = "model"


class GameError(ModelError):
    """A game description that is not a finite game with finite utilities."""

    code = "game"


class EndpointFailure(StandoffError):
    """A model server that cannot be reached, fails, or answers what cannot be used."""

    code = "endpoint"


class UnusableAnswer(EndpointFailure):
    """A model that answers, in another schema or with words that no text has, to the last repair."""

    code = "unusable-answer"


class FactError(StandoffError):
    """A reference fact that cannot be used: unknown unit, unsourced row, two rows that clash."""

    code = "fact"


class MissingExtra(StandoffError):
    """An optional library is not installed."""

    code = "missing-extra"
