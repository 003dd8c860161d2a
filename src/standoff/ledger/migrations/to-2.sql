-- From data model 1 to 2. The tables of model 1 stand renamed as old_*; those of model 2 are made.
-- Model 1 kept every text as UTF-8, so that is how the content is decoded, whatever the file was.
-- sha256_of(), characters_of() and the links of runs are done by the program.
INSERT INTO meta SELECT * FROM old_meta;
INSERT INTO activity SELECT * FROM old_activity;
INSERT INTO document
    SELECT number, sha256, content, 'utf-8', characters_of(content), title, source,
           published, boilerplate, recorded, activity
    FROM old_document ORDER BY number;
INSERT INTO signal
    SELECT s.number, sha256_of(d.sha256, s.record), s.document, 'main', s.local_id, s.first, s.last,
           s.quote, json_extract(s.record, '$.channel'), s.record, s.happened_from, s.happened_to,
           s.available, s.recorded, s.source, s.url, s.coder, s.event_key, s.activity
    FROM old_signal s JOIN document d ON d.number = s.document ORDER BY s.number;
INSERT OR IGNORE INTO signal_actor
    SELECT json_extract(j.value, '$.actor'), 'a', s.number
    FROM old_signal s, json_each(s.record, '$.sources') j;
INSERT OR IGNORE INTO signal_actor
    SELECT json_extract(j.value, '$.actor'), 't', s.number
    FROM old_signal s, json_each(s.record, '$.targets') j;
INSERT OR IGNORE INTO signal_actor
    SELECT json_extract(record, '$.protege'), 'p', number
    FROM old_signal WHERE json_extract(record, '$.protege') IS NOT NULL;
INSERT INTO claim
    SELECT c.number, sha256_of(d.sha256, c.record), c.document, c.local_id, c.first, c.last, c.quote,
           c.record, c.outcome, c.recorded, c.activity
    FROM old_claim c JOIN document d ON d.number = c.document ORDER BY c.number;
INSERT INTO event SELECT * FROM old_event;
INSERT INTO decision
    SELECT number, at, author, action, subject, '', payload, reason,
           CASE batch WHEN '' THEN printf('A-%04d', number) ELSE batch END
    FROM old_decision ORDER BY number;
INSERT INTO run SELECT * FROM old_run;
