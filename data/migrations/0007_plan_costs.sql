-- What a draft's cost is made of, so that two drafts can be compared by cause.
-- Drafts of before have none.

ALTER TABLE plan_draft ADD COLUMN costs TEXT;
