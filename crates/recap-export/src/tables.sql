-- Recaps as tables; a row of a recap's table names its event. Times are local, in the form of recap JSON.
CREATE TABLE events (
    event TEXT PRIMARY KEY, name TEXT, series TEXT, edition TEXT, theme TEXT, starts TEXT, ends TEXT, timezone TEXT,
    date_precision TEXT, attendance_mode TEXT, venue TEXT, address TEXT, participants INTEGER
);
CREATE TABLE tags (event TEXT, tag TEXT);
CREATE TABLE people (event TEXT, person TEXT, name TEXT, affiliation TEXT);
CREATE TABLE roles (event TEXT, person TEXT, role TEXT);
CREATE TABLE accounts (event TEXT, person TEXT, platform TEXT, handle TEXT);
CREATE TABLE talks (event TEXT, talk TEXT, position INTEGER, kind TEXT, title TEXT, starts TEXT, ends TEXT, language TEXT, summary TEXT);
CREATE TABLE speakers (event TEXT, talk TEXT, position INTEGER, person TEXT);
-- kind: page, video, slides, link; talk is null for those of the event itself
CREATE TABLE addresses (event TEXT, talk TEXT, kind TEXT, url TEXT);
CREATE TABLE questions (event TEXT, talk TEXT, question TEXT, answer TEXT);
CREATE TABLE posts (event TEXT, platform TEXT, url TEXT, name TEXT, handle TEXT, posted_at TEXT, text TEXT, status TEXT);
CREATE TABLE next_events (event TEXT, name TEXT, date TEXT, url TEXT);
CREATE TABLE sources (event TEXT, source TEXT, kind TEXT, path TEXT, url TEXT, title TEXT, language TEXT, published_at TEXT, sha256 TEXT);
-- pointer: of the value in the recap JSON; starts and ends count code points of the source's document text
CREATE TABLE evidence (
    event TEXT, pointer TEXT, source TEXT, starts INTEGER, ends INTEGER, quote TEXT, attribute TEXT, rule TEXT, method TEXT, confidence REAL
);

CREATE INDEX people_of ON people (event, person);
CREATE INDEX talks_of ON talks (event, talk);
CREATE INDEX speakers_of ON speakers (event, talk);
CREATE INDEX accounts_of ON accounts (event, person);
CREATE INDEX accounts_by ON accounts (platform, handle);

CREATE VIEW talk_speakers AS
    SELECT events.event, events.name AS event_name, events.series, events.starts AS event_starts, talks.talk, talks.kind, talks.title,
        talks.language, people.person, people.name AS speaker, people.affiliation
    FROM talks JOIN events USING (event) LEFT JOIN speakers USING (event, talk) LEFT JOIN people USING (event, person)
    ORDER BY events.starts, events.event, talks.position, speakers.position;

CREATE VIEW years AS
    SELECT substr(starts, 1, 4) AS year, count(*) AS events,
        sum((SELECT count(*) FROM talks WHERE talks.event = events.event)) AS talks,
        sum((SELECT count(*) FROM people WHERE people.event = events.event)) AS people
    FROM events GROUP BY year ORDER BY year;

CREATE VIEW series AS
    SELECT series, count(*) AS events, min(starts) AS first, max(starts) AS last,
        sum((SELECT count(*) FROM talks WHERE talks.event = events.event)) AS talks
    FROM events WHERE series IS NOT NULL GROUP BY series ORDER BY events DESC, series;

-- Speakers over all events by account: names alone do not tell whether two are one.
CREATE VIEW speakers_by_account AS
    SELECT platform, handle, max(people.name) AS name, count(*) AS talks, count(DISTINCT speakers.event) AS events,
        min(events.starts) AS first, max(events.starts) AS last
    FROM speakers JOIN accounts USING (event, person) JOIN people USING (event, person) JOIN events USING (event)
    GROUP BY platform, handle ORDER BY talks DESC, platform, handle;

CREATE VIEW rules AS
    SELECT rule, method, count(*) AS quotes, round(avg(confidence), 3) AS confidence
    FROM evidence GROUP BY rule, method ORDER BY quotes DESC, rule;
