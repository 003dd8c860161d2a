-- The normative data model of a dossier, version 1. Append-only: nothing is updated or deleted;
-- the present state is derived from the rows and the decisions about them.
-- Instants are UTC, ISO 8601; days are calendar days in the place of the event.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Who or what wrote rows: provenance of everything below.
CREATE TABLE activity (
    number     INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    author     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    software   TEXT NOT NULL,
    parameters TEXT NOT NULL
) STRICT;

-- Immutable, content-addressed. `content` holds the exact bytes; the text is decoded once.
CREATE TABLE document (
    number      INTEGER PRIMARY KEY,
    sha256      TEXT NOT NULL UNIQUE,
    content     BLOB NOT NULL,
    encoding    TEXT NOT NULL,
    title       TEXT NOT NULL,
    source      TEXT NOT NULL,
    published   TEXT NOT NULL,
    boilerplate TEXT NOT NULL,
    recorded    TEXT NOT NULL,
    activity    INTEGER NOT NULL REFERENCES activity (number)
) STRICT;

-- Report of an act or statement. Three times: happened (interval), available, recorded.
CREATE TABLE signal (
    number        INTEGER PRIMARY KEY,
    document      INTEGER NOT NULL REFERENCES document (number),
    local_id      TEXT NOT NULL,
    first         INTEGER NOT NULL,
    last          INTEGER NOT NULL,
    quote         TEXT NOT NULL,
    record        TEXT NOT NULL,
    happened_from TEXT,
    happened_to   TEXT,
    available     TEXT NOT NULL,
    recorded      TEXT NOT NULL,
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,
    coder         TEXT NOT NULL,
    event_key     TEXT NOT NULL,
    activity      INTEGER NOT NULL REFERENCES activity (number),
    UNIQUE (document, coder, local_id)
) STRICT;
CREATE INDEX signal_event ON signal (event_key);
CREATE INDEX signal_available ON signal (available);

CREATE TABLE claim (
    number   INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (number),
    local_id TEXT NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    quote    TEXT NOT NULL,
    record   TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    recorded TEXT NOT NULL,
    activity INTEGER NOT NULL REFERENCES activity (number),
    UNIQUE (document, local_id)
) STRICT;

-- Events get a stable number when their key is first seen.
CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE
) STRICT;

-- accept, reject, edit, grade, regrade, link, overrule ... Undo is a decision too.
CREATE TABLE decision (
    number  INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    author  TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    reason  TEXT NOT NULL,
    batch   TEXT NOT NULL
) STRICT;
CREATE INDEX decision_subject ON decision (subject);

-- Assessments as they were printed, so that every number can be asked why.
CREATE TABLE run (
    id       TEXT PRIMARY KEY,
    as_of    TEXT NOT NULL,
    payload  TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;
