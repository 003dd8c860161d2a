-- The normative data model of a dossier, version 3.
--
-- Append-only: rows are added, never changed or removed (triggers at the end refuse it); the present
-- state is derived from the rows and the decisions about them. Two exceptions are marked DERIVED:
-- they hold nothing that could not be computed again.
-- Instants are UTC, ISO 8601, to the second; days are calendar days in the place of the event.
-- Offsets are Unicode code points into the decoded text, half open.

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
    sha256      TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    content     BLOB NOT NULL,
    encoding    TEXT NOT NULL,
    characters  INTEGER NOT NULL CHECK (characters >= 0),
    title       TEXT NOT NULL,
    source      TEXT NOT NULL,
    published   TEXT NOT NULL,
    boilerplate TEXT NOT NULL,
    recorded    TEXT NOT NULL,
    activity    INTEGER NOT NULL REFERENCES activity (number)
) STRICT;

-- Report of an act or statement. Three times: happened (interval), available, recorded.
-- `layer` is main, or the name of a second coding kept beside it to measure agreement.
-- `hash` is the content hash behind the short handle.
CREATE TABLE signal (
    number        INTEGER PRIMARY KEY,
    hash          TEXT NOT NULL,
    document      INTEGER NOT NULL REFERENCES document (number),
    layer         TEXT NOT NULL,
    local_id      TEXT NOT NULL,
    first         INTEGER NOT NULL CHECK (first >= 0),
    last          INTEGER NOT NULL CHECK (last > first),
    quote         TEXT NOT NULL,
    channel       TEXT NOT NULL,
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
    UNIQUE (document, layer, coder, local_id)
) STRICT;
CREATE INDEX signal_event ON signal (event_key);
-- Rows are wide; what filters and counts need stands in narrow indexes of its own.
CREATE INDEX signal_filter ON signal (
    layer, number, available, recorded, happened_from, happened_to, channel, document
);
CREATE INDEX signal_month ON signal (layer, happened_from);
CREATE INDEX signal_quote ON signal (layer, quote);
CREATE INDEX signal_source ON signal (source);

-- Who acts (role a), upon whom (t), for whom (p), as first coded.
CREATE TABLE signal_actor (
    actor  TEXT NOT NULL,
    role   TEXT NOT NULL CHECK (role IN ('a', 't', 'p')),
    signal INTEGER NOT NULL REFERENCES signal (number),
    PRIMARY KEY (actor, role, signal)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    number   INTEGER PRIMARY KEY,
    hash     TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document (number),
    local_id TEXT NOT NULL,
    first    INTEGER NOT NULL CHECK (first >= 0),
    last     INTEGER NOT NULL CHECK (last > first),
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

-- accept, reject, edit, grade, grade_item, link, reanchor, overrule, recheck, add_fact, add_actor,
-- undo; ask, forecast, crowd, resolve (these four are never undone); hypothesis, rate. A batch is what one action of a
-- person did at once, and what undo takes back. `anchor` is (document hash, span, type): what the
-- decision is about, whatever the handles are called.
CREATE TABLE decision (
    number  INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    author  TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    anchor  TEXT NOT NULL,
    payload TEXT NOT NULL,
    reason  TEXT NOT NULL,
    batch   TEXT NOT NULL
) STRICT;
CREATE INDEX decision_subject ON decision (subject);
CREATE INDEX decision_action ON decision (action);
CREATE INDEX decision_batch ON decision (batch);

-- Assessments as they were printed, so that every number can be asked why.
CREATE TABLE run (
    id       TEXT PRIMARY KEY,
    as_of    TEXT NOT NULL,
    payload  TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;

-- What rests on what within a run: a number on levels and signals, a level on signals.
CREATE TABLE rests (
    base TEXT NOT NULL,
    run  TEXT NOT NULL REFERENCES run (id),
    node TEXT NOT NULL,
    PRIMARY KEY (base, run, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX rests_node ON rests (node, base);

-- One at the end of every write: which rows it added, by kind, with the hash of their lines, chained
-- to the seal before. See `standoff.ledger.seals`.
CREATE TABLE seal (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    note   TEXT NOT NULL,
    covers TEXT NOT NULL,
    chain  TEXT NOT NULL CHECK (length(chain) = 64)
) STRICT;

-- DERIVED: the present state of signals and claims about which something was decided.
CREATE TABLE decided (
    kind       TEXT NOT NULL CHECK (kind IN ('S', 'C')),
    number     INTEGER NOT NULL,
    state      TEXT NOT NULL,
    event_key  TEXT,
    item_grade TEXT,
    record     TEXT,
    PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_state ON decided (state, kind, number);
CREATE INDEX decided_edited ON decided (kind, number) WHERE record IS NOT NULL;
CREATE INDEX decided_event ON decided (event_key, kind, number);

CREATE TRIGGER meta_stays BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER meta_kept BEFORE DELETE ON meta BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER activity_stays BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER activity_kept BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER document_stays BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER document_kept BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signal_stays BEFORE UPDATE ON signal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signal_kept BEFORE DELETE ON signal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER actor_stays BEFORE UPDATE ON signal_actor BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER actor_kept BEFORE DELETE ON signal_actor BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER claim_stays BEFORE UPDATE ON claim BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER claim_kept BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER run_stays BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER run_kept BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER rests_stays BEFORE UPDATE ON rests BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER rests_kept BEFORE DELETE ON rests BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER seal_stays BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER seal_kept BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
