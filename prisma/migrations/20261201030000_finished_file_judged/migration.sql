-- Revisions that our own verifier did not pass are kept beside the file, under numbers from -2 down: never part of it, deleted with it.
-- They are told apart from what was sent before it was rewritten (-1), and begin where they would have stood.
ALTER TABLE "revision" DROP CONSTRAINT "revision_kind_check";
ALTER TABLE "revision" ADD CONSTRAINT "revision_kind_check"
    CHECK ("kind" IN ('original', 'rejected', 'upload', 'prepared', 'signature', 'seal', 'archive'));
ALTER TABLE "revision" DROP CONSTRAINT "revision_extent_check";
ALTER TABLE "revision" ADD CONSTRAINT "revision_extent_check"
    CHECK ("start_offset" >= 0 AND "length" > 0
        AND ("number" = -1) = ("kind" = 'original')
        AND ("number" < -1) = ("kind" = 'rejected')
        AND ("kind" = 'rejected' OR ("number" <= 0) = ("start_offset" = 0)));
-- Which check of the finished file failed.
ALTER TABLE "task" ADD COLUMN "last_error_check" TEXT;
