-- What questions and foreign keys need. Made once a new store is filled, for that is much quicker than row by row.

CREATE INDEX article_story ON article (story);
CREATE INDEX alias_article_alias ON alias_article (alias);
CREATE INDEX mention_entity ON mention (entity);
CREATE INDEX member_group ON member ("group");
CREATE INDEX member_entity ON member (entity);
CREATE INDEX relation_article ON relation (article);
CREATE INDEX relation_subject ON relation (subject, name);
CREATE INDEX relation_object ON relation (object, name);
CREATE INDEX relation_name ON relation (name, start_date);
CREATE INDEX relation_speaker ON relation (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX relation_place ON relation (place) WHERE place IS NOT NULL;
CREATE INDEX inside_entity ON inside (entity);

-- From here on the full-text index follows the names.
INSERT INTO names (names) VALUES ('rebuild');
CREATE TRIGGER alias_insert AFTER INSERT ON alias BEGIN
	INSERT INTO names (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER alias_delete AFTER DELETE ON alias BEGIN
	INSERT INTO names (names, rowid, name) VALUES ('delete', old.id, old.name);
END;
