-- The foreign keys of the migration before hold for the rows that were there, too. Until now a draft's trail kept naming who is gone.

UPDATE "audit_event" AS told SET "signer_id" = NULL
    WHERE "signer_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "signer" WHERE "id" = told."signer_id");

ALTER TABLE "api_key" VALIDATE CONSTRAINT "api_key_successor_id_fkey";
ALTER TABLE "signer" VALIDATE CONSTRAINT "signer_replaces_id_fkey";
ALTER TABLE "audit_event" VALIDATE CONSTRAINT "audit_event_signer_id_fkey";
