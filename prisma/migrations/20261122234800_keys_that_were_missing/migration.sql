-- The last columns that name a row of ours and had no foreign key. Rows that there are already: next migration.

CREATE UNIQUE INDEX "api_key_tenant_id_id_key" ON "api_key"("tenant_id", "id");
DROP INDEX "api_key_tenant_id_idx";
CREATE INDEX "api_key_successor_id_idx" ON "api_key"("successor_id");
CREATE INDEX "signer_replaces_id_idx" ON "signer"("replaces_id");

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_successor_id_fkey" FOREIGN KEY ("successor_id", "tenant_id") REFERENCES "api_key"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "signer" ADD CONSTRAINT "signer_replaces_id_fkey" FOREIGN KEY ("replaces_id", "tenant_id") REFERENCES "signer"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;

-- A draft forgets signers that it is changed to be without, and its trail may tell of one by then (a new link). The chain holds his id
-- in `data`; the column beside it only finds events, and lets go of who is no row any more.
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_signer_id_fkey" FOREIGN KEY ("signer_id", "tenant_id") REFERENCES "signer"("id", "tenant_id") ON DELETE SET NULL ("signer_id") ON UPDATE RESTRICT NOT VALID;

CREATE OR REPLACE FUNCTION "audit_event_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW."salt" IS NULL AND (NEW."personal" IS NULL OR NEW."personal" = 'null'::jsonb)
       AND to_jsonb(NEW) - 'salt' - 'personal' = to_jsonb(OLD) - 'salt' - 'personal' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW."signer_id" IS NULL AND to_jsonb(NEW) - 'signer_id' = to_jsonb(OLD) - 'signer_id'
       AND NOT EXISTS (SELECT FROM "signer" WHERE "id" = OLD."signer_id") THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit events are never changed or removed (order %, sequence %)', OLD."order_id", OLD."sequence"
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
