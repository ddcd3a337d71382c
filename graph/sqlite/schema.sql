-- The schema of a dyad news store, version 2. docs/sqlite.md explains it.

CREATE TABLE article (
	id         INTEGER PRIMARY KEY,
	iri        TEXT NOT NULL UNIQUE,
	identifier TEXT,
	url        TEXT,
	title      TEXT,
	published  TEXT,
	sha256     TEXT NOT NULL,
	story      TEXT NOT NULL, -- iri of the article whose copy it is, or its own
	version    TEXT,
	engine     TEXT,
	knowledge  TEXT,
	rules      TEXT,
	models     TEXT
) STRICT;

CREATE TABLE entity (
	id      INTEGER PRIMARY KEY,
	iri     TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	type    TEXT,
	class   TEXT NOT NULL,
	country TEXT
) STRICT;

-- Every name of an entity, its canonical one too, and the articles that use it.
CREATE TABLE alias (
	id     INTEGER PRIMARY KEY,
	entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
	name   TEXT NOT NULL,
	UNIQUE (entity, name)
) STRICT;
CREATE TABLE alias_article (
	article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
	alias   INTEGER NOT NULL REFERENCES alias ON DELETE CASCADE,
	PRIMARY KEY (article, alias)
) STRICT, WITHOUT ROWID;

-- SELECT entity FROM names JOIN alias ON alias.id = names.rowid WHERE names MATCH 'lavrov'
CREATE VIRTUAL TABLE names USING fts5(name, content='alias', content_rowid='id', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE mention (
	article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
	start   INTEGER NOT NULL,
	"end"   INTEGER NOT NULL,
	entity  INTEGER NOT NULL REFERENCES entity,
	text    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	PRIMARY KEY (article, start, "end", entity)
) STRICT, WITHOUT ROWID;

-- A group's members, as an article has them.
CREATE TABLE member (
	article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
	"group" INTEGER NOT NULL REFERENCES entity,
	entity  INTEGER NOT NULL REFERENCES entity,
	PRIMARY KEY (article, "group", entity)
) STRICT, WITHOUT ROWID;

-- A subject, object or speaker is an entity, or, when that is null, a phrase: then its text is all there is.
CREATE TABLE relation (
	id           INTEGER PRIMARY KEY,
	iri          TEXT NOT NULL,
	article      INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
	name         TEXT NOT NULL,
	state        INTEGER NOT NULL,
	subject      INTEGER REFERENCES entity,
	subject_text TEXT,
	subject_role TEXT,
	object       INTEGER REFERENCES entity,
	object_text  TEXT,
	object_role  TEXT,
	polarity     TEXT NOT NULL,
	modality     TEXT NOT NULL,
	tense        TEXT,
	start_date   TEXT,
	end_date     TEXT,
	time_text    TEXT,
	place        INTEGER REFERENCES entity,
	topic        TEXT,
	speaker      INTEGER REFERENCES entity,
	speaker_text TEXT,
	speaker_role TEXT,
	speaker_verb TEXT,
	office       TEXT,
	kin          TEXT,
	plover       TEXT,
	cameo        TEXT,
	confidence   REAL NOT NULL,
	rule         TEXT,
	source       TEXT NOT NULL,
	direct       INTEGER NOT NULL,
	"trigger"    TEXT,
	start        INTEGER,
	"end"        INTEGER,
	quote        TEXT
) STRICT;

-- The entities inside a relation's phrases; part is subject, object, topic or speaker.
CREATE TABLE inside (
	relation INTEGER NOT NULL REFERENCES relation ON DELETE CASCADE,
	part     TEXT NOT NULL,
	entity   INTEGER NOT NULL REFERENCES entity,
	PRIMARY KEY (relation, part, entity)
) STRICT, WITHOUT ROWID;

-- The relations that have a view of their own.
CREATE TABLE relation_view (
	name      TEXT PRIMARY KEY,
	"view"    TEXT NOT NULL UNIQUE,
	symmetric INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the views of the relations show. An entity has one name, whatever articles call it. reversed marks the other
-- direction of a symmetric relation.
CREATE VIEW fact AS
SELECT r.id, r.name AS relation, coalesce(s.name, r.subject_text) AS subject, coalesce(o.name, r.object_text) AS object,
	r.polarity, r.modality, r.tense, r.start_date, r.end_date, r.time_text, p.name AS place, r.topic,
	coalesce(k.name, r.speaker_text) AS speaker, r.speaker_verb,
	r.subject_role, r.object_role, r.office, r.kin, r.plover, r.cameo, r.confidence, r.rule, r.source, r.quote,
	a.title, a.published, a.iri AS article, 0 AS reversed
FROM relation r JOIN article a ON a.id = r.article LEFT JOIN entity s ON s.id = r.subject
	LEFT JOIN entity o ON o.id = r.object LEFT JOIN entity p ON p.id = r.place LEFT JOIN entity k ON k.id = r.speaker;

-- How many stories say a fact: copies of an article count once. A symmetric relation is one fact in both directions.
CREATE VIEW corroboration AS
SELECT relation, min(subject) AS subject, min(object) AS object, polarity, modality, count(DISTINCT story) AS stories, count(DISTINCT article) AS articles,
	max(confidence) AS confidence, min(date) AS first, max(date) AS last
FROM (
	SELECT r.name AS relation, iif(swap, f.object, f.subject) AS subject, iif(swap, f.subject, f.object) AS object,
		iif(swap, r.object, r.subject) AS subject_id, iif(swap, r.subject, r.object) AS object_id,
		r.polarity, r.modality, r.confidence, a.id AS article, a.story, coalesce(r.start_date, a.published) AS date
	FROM (SELECT r.*, v.symmetric AND r.subject > r.object AS swap FROM relation r JOIN relation_view v ON v.name = r.name) r
	JOIN fact f ON f.id = r.id JOIN article a ON a.id = r.article
)
GROUP BY relation, coalesce(subject_id, subject), coalesce(object_id, object), polarity, modality;
