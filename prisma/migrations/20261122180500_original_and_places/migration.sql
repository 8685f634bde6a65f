-- Uploads that were rewritten on request keep what was sent beside them; signatures may be shown on pages of the upload.
ALTER TABLE "document"
    ADD COLUMN "original_sha256" TEXT,
    ADD COLUMN "original_size" BIGINT,
    ADD COLUMN "normalisation" JSONB;
ALTER TABLE "document" ADD CONSTRAINT "document_original_check"
    CHECK (("original_sha256" IS NULL) = ("original_size" IS NULL) AND ("original_sha256" IS NULL) = ("normalisation" IS NULL));
-- Asked before a blob is removed.
CREATE INDEX "document_original_sha256_idx" ON "document"("original_sha256");
ALTER TABLE "signer" ADD COLUMN "placements" JSONB NOT NULL DEFAULT '[]';
