-- What was sent before it was rewritten on request is kept beside the revisions, under the number -1: deleted, counted and
-- protected with them, and never part of the file.
ALTER TABLE "revision" DROP CONSTRAINT "revision_kind_check";
ALTER TABLE "revision" ADD CONSTRAINT "revision_kind_check" CHECK ("kind" IN ('original', 'upload', 'prepared', 'signature', 'seal', 'archive'));
ALTER TABLE "revision" DROP CONSTRAINT "revision_extent_check";
ALTER TABLE "revision" ADD CONSTRAINT "revision_extent_check"
    CHECK ("start_offset" >= 0 AND "length" > 0 AND ("number" <= 0) = ("start_offset" = 0) AND ("number" < 0) = ("kind" = 'original'));
