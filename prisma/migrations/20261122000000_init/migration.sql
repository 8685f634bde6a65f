-- The first tables. Agrees with prisma/schema.prisma, which explains the columns.

-- Fencing tokens: every lease ever taken gets a higher one.
CREATE SEQUENCE "lease_fencing" AS BIGINT;

-- Tables

CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "organisation_number" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotency_key" (
    "tenant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "locked_at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("tenant_id", "key")
);

CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID,
    "role" TEXT NOT NULL DEFAULT 'sign',
    "position" INTEGER NOT NULL DEFAULT 0,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "preflight" JSONB NOT NULL,
    "upload_sha256" TEXT NOT NULL,
    "upload_size" BIGINT NOT NULL,
    "pages" INTEGER NOT NULL,
    "append_state" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "revision" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "blob_sha256" TEXT NOT NULL,
    "start_offset" BIGINT NOT NULL,
    "length" BIGINT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "signature_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "signing_order" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT,
    "language" TEXT NOT NULL,
    "organisation_number" TEXT,
    "organisation_name" TEXT,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "return_url" TEXT,
    "deadline" TIMESTAMPTZ(3),
    "activate_at" TIMESTAMPTZ(3),
    "external_metadata" JSONB NOT NULL DEFAULT '{}',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "last_error_code" TEXT,
    "last_error" TEXT,
    "next_try" TIMESTAMPTZ(3),
    "failure_class" TEXT,
    "trail_sequence" INTEGER NOT NULL DEFAULT 0,
    "trail_head" TEXT NOT NULL DEFAULT '0000000000000000000000000000000000000000000000000000000000000000',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_order_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "signer" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "group_number" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person_hmac" TEXT,
    "person_encrypted" BYTEA,
    "birth_date" DATE,
    "on_behalf_of" TEXT,
    "level" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason_code" TEXT,
    "reason" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "link_version" INTEGER NOT NULL DEFAULT 1,
    "slot" INTEGER NOT NULL,
    "signed_name" TEXT,
    "certificate_sha256" TEXT,
    "signed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ceremony" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "signer_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "oidc_state" TEXT NOT NULL,
    "oidc_nonce" TEXT NOT NULL,
    "code_verifier_encrypted" BYTEA NOT NULL,
    "language" TEXT NOT NULL,
    "redirect_kind" TEXT NOT NULL,
    "service_token_encrypted" BYTEA,
    "identity_encrypted" BYTEA,
    "credential_id" TEXT,
    "sign_algorithm" TEXT,
    "certificate_chain" BYTEA[],
    "certificate_not_after" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "fencing" BIGINT,
    "void_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ceremony_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "signature" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "signer_id" UUID,
    "ceremony_id" UUID,
    "kind" TEXT NOT NULL,
    "slot" INTEGER,
    "base_revision" INTEGER NOT NULL,
    "to_be_signed_hash" TEXT NOT NULL,
    "signed_attributes" BYTEA NOT NULL,
    "to_be_signed" JSONB NOT NULL,
    "signature_value" BYTEA,
    "timestamp_token" BYTEA,
    "timestamp_at" TIMESTAMPTZ(3),
    "cms_sha256" TEXT,
    "revision_number" INTEGER,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "lease" (
    "document_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "ceremony_id" UUID NOT NULL,
    "fencing" BIGINT NOT NULL DEFAULT nextval('lease_fencing'::regclass),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("document_id")
);

CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "signer_id" UUID,
    "data" JSONB NOT NULL,
    "personal" JSONB,
    "salt" TEXT,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "signer_id" UUID,
    "type" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "position" BIGINT,
    "dedupe_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error_code" TEXT,
    "last_error" TEXT,
    "failure_class" TEXT,
    "locked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "validation_data" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "order_id" UUID,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "der" BYTEA NOT NULL,
    "this_update" TIMESTAMPTZ(3),
    "next_update" TIMESTAMPTZ(3),
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "validation_data_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "secret_check" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "secret_check_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- Indexes

CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");
CREATE INDEX "api_key_tenant_id_idx" ON "api_key"("tenant_id");
CREATE INDEX "idempotency_key_expires_at_idx" ON "idempotency_key"("expires_at");
CREATE INDEX "document_order_id_position_idx" ON "document"("order_id", "position");
CREATE INDEX "document_tenant_id_created_at_id_idx" ON "document"("tenant_id", "created_at", "id");
CREATE UNIQUE INDEX "revision_document_id_number_key" ON "revision"("document_id", "number");
CREATE INDEX "revision_tenant_id_idx" ON "revision"("tenant_id");
CREATE INDEX "revision_blob_sha256_idx" ON "revision"("blob_sha256");
CREATE INDEX "revision_signature_id_idx" ON "revision"("signature_id");
CREATE INDEX "signing_order_tenant_id_created_at_id_idx" ON "signing_order"("tenant_id", "created_at", "id");
CREATE INDEX "signing_order_tenant_id_state_created_at_id_idx" ON "signing_order"("tenant_id", "state", "created_at", "id");
CREATE INDEX "signing_order_tenant_id_reference_idx" ON "signing_order"("tenant_id", "reference");
CREATE INDEX "signing_order_state_deadline_idx" ON "signing_order"("state", "deadline");
CREATE INDEX "signing_order_state_activate_at_idx" ON "signing_order"("state", "activate_at");
CREATE UNIQUE INDEX "signer_order_id_position_key" ON "signer"("order_id", "position");
CREATE UNIQUE INDEX "signer_order_id_slot_key" ON "signer"("order_id", "slot");
CREATE INDEX "signer_tenant_id_person_hmac_idx" ON "signer"("tenant_id", "person_hmac");
CREATE UNIQUE INDEX "ceremony_oidc_state_key" ON "ceremony"("oidc_state");
CREATE INDEX "ceremony_tenant_id_idx" ON "ceremony"("tenant_id");
CREATE INDEX "ceremony_order_id_idx" ON "ceremony"("order_id");
CREATE INDEX "ceremony_signer_id_created_at_idx" ON "ceremony"("signer_id", "created_at");
CREATE INDEX "ceremony_state_expires_at_idx" ON "ceremony"("state", "expires_at");
CREATE INDEX "signature_tenant_id_idx" ON "signature"("tenant_id");
CREATE INDEX "signature_order_id_idx" ON "signature"("order_id");
CREATE INDEX "signature_document_id_idx" ON "signature"("document_id");
CREATE INDEX "signature_signer_id_idx" ON "signature"("signer_id");
CREATE INDEX "signature_ceremony_id_idx" ON "signature"("ceremony_id");
CREATE INDEX "lease_tenant_id_idx" ON "lease"("tenant_id");
CREATE INDEX "lease_ceremony_id_idx" ON "lease"("ceremony_id");
CREATE INDEX "lease_expires_at_idx" ON "lease"("expires_at");
CREATE UNIQUE INDEX "audit_event_order_id_sequence_key" ON "audit_event"("order_id", "sequence");
CREATE INDEX "audit_event_tenant_id_idx" ON "audit_event"("tenant_id");
CREATE INDEX "audit_event_signer_id_idx" ON "audit_event"("signer_id");
CREATE UNIQUE INDEX "event_position_key" ON "event"("position");
CREATE UNIQUE INDEX "event_dedupe_key_key" ON "event"("dedupe_key");
CREATE INDEX "event_tenant_id_position_idx" ON "event"("tenant_id", "position");
CREATE INDEX "event_order_id_idx" ON "event"("order_id");
CREATE INDEX "event_signer_id_idx" ON "event"("signer_id");
CREATE UNIQUE INDEX "task_step_subject_id_key" ON "task"("step", "subject_id");
CREATE INDEX "task_state_due_at_idx" ON "task"("state", "due_at");
CREATE INDEX "task_tenant_id_idx" ON "task"("tenant_id");
CREATE INDEX "task_order_id_idx" ON "task"("order_id");
CREATE INDEX "validation_data_kind_subject_fetched_at_idx" ON "validation_data"("kind", "subject", "fetched_at");
CREATE INDEX "validation_data_tenant_id_idx" ON "validation_data"("tenant_id");
CREATE INDEX "validation_data_order_id_idx" ON "validation_data"("order_id");

-- Foreign keys

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "document" ADD CONSTRAINT "document_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "document" ADD CONSTRAINT "document_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "revision" ADD CONSTRAINT "revision_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "revision" ADD CONSTRAINT "revision_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "revision" ADD CONSTRAINT "revision_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signer" ADD CONSTRAINT "signer_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signer" ADD CONSTRAINT "signer_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_signer_id_fkey" FOREIGN KEY ("signer_id") REFERENCES "signer"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signature" ADD CONSTRAINT "signature_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signature" ADD CONSTRAINT "signature_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signature" ADD CONSTRAINT "signature_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signature" ADD CONSTRAINT "signature_signer_id_fkey" FOREIGN KEY ("signer_id") REFERENCES "signer"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signature" ADD CONSTRAINT "signature_ceremony_id_fkey" FOREIGN KEY ("ceremony_id") REFERENCES "ceremony"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "lease" ADD CONSTRAINT "lease_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "lease" ADD CONSTRAINT "lease_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "lease" ADD CONSTRAINT "lease_ceremony_id_fkey" FOREIGN KEY ("ceremony_id") REFERENCES "ceremony"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "event" ADD CONSTRAINT "event_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "event" ADD CONSTRAINT "event_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "event" ADD CONSTRAINT "event_signer_id_fkey" FOREIGN KEY ("signer_id") REFERENCES "signer"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "task" ADD CONSTRAINT "task_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "task" ADD CONSTRAINT "task_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "validation_data" ADD CONSTRAINT "validation_data_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "validation_data" ADD CONSTRAINT "validation_data_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What the Prisma schema has no words for

-- One signature that is not void per signer and document, whatever two workers do at once.
CREATE UNIQUE INDEX "signature_one_per_signer_and_document" ON "signature"("signer_id", "document_id") WHERE "state" <> 'void';
-- What the sequencer has not numbered yet, and what the sweeper looks for: both small, whatever the table grows to.
CREATE INDEX "event_without_position" ON "event"("created_at", "id") WHERE "position" IS NULL;
CREATE INDEX "signing_order_next_try" ON "signing_order"("next_try") WHERE "next_try" IS NOT NULL;
CREATE INDEX "task_locked_until" ON "task"("locked_until") WHERE "state" = 'running';

ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_state_check" CHECK ("state" IN ('inFlight', 'done'));
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_done_check" CHECK (("state" = 'done') = ("status" IS NOT NULL));
ALTER TABLE "document" ADD CONSTRAINT "document_role_check" CHECK ("role" IN ('sign', 'annex'));
ALTER TABLE "document" ADD CONSTRAINT "document_kind_check" CHECK ("kind" IN ('annualAccounts', 'contract', 'voucher'));
ALTER TABLE "document" ADD CONSTRAINT "document_language_check" CHECK ("language" IN ('nb', 'nn', 'en'));
ALTER TABLE "document" ADD CONSTRAINT "document_upload_sha256_check" CHECK ("upload_sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "revision" ADD CONSTRAINT "revision_kind_check" CHECK ("kind" IN ('upload', 'prepared', 'signature', 'seal', 'archive'));
ALTER TABLE "revision" ADD CONSTRAINT "revision_extent_check" CHECK ("start_offset" >= 0 AND "length" > 0 AND ("number" = 0) = ("start_offset" = 0));
ALTER TABLE "revision" ADD CONSTRAINT "revision_hashes_check" CHECK ("blob_sha256" ~ '^[0-9a-f]{64}$' AND "file_sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_kind_check" CHECK ("kind" IN ('annualAccounts', 'contract', 'voucher'));
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_language_check" CHECK ("language" IN ('nb', 'nn', 'en'));
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_state_check" CHECK ("state" IN ('draft', 'scheduled', 'received', 'prepared', 'open', 'sealing', 'completed', 'declined', 'cancelled', 'expired', 'failed'));
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_outcome_check" CHECK ("outcome" IN ('completed', 'declined', 'cancelled', 'expired'));
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_failure_class_check" CHECK ("failure_class" IN ('retry', 'trustService', 'askSigner', 'person'));
ALTER TABLE "signer" ADD CONSTRAINT "signer_state_check" CHECK ("state" IN ('waiting', 'ready', 'atBankid', 'identified', 'authorised', 'signed', 'declined', 'replaced', 'expired', 'notApplicable'));
ALTER TABLE "signer" ADD CONSTRAINT "signer_level_check" CHECK ("level" IN ('substantial', 'high'));
ALTER TABLE "signer" ADD CONSTRAINT "signer_language_check" CHECK ("language" IN ('nb', 'nn', 'en'));
-- 40 slots per document at most (CONTRACTS, Data).
ALTER TABLE "signer" ADD CONSTRAINT "signer_slot_check" CHECK ("slot" BETWEEN 1 AND 40);
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_state_check" CHECK ("state" IN ('atBankid', 'identifying', 'identified', 'authorising', 'authorised', 'signed', 'void'));
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_redirect_kind_check" CHECK ("redirect_kind" IN ('login', 'approval'));
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_language_check" CHECK ("language" IN ('nb', 'nn', 'en'));
ALTER TABLE "signature" ADD CONSTRAINT "signature_kind_check" CHECK ("kind" IN ('signer', 'seal', 'timestamp'));
ALTER TABLE "signature" ADD CONSTRAINT "signature_state_check" CHECK ("state" IN ('prepared', 'authorised', 'embedded', 'void'));
ALTER TABLE "signature" ADD CONSTRAINT "signature_signer_check" CHECK ("kind" <> 'signer' OR ("signer_id" IS NOT NULL AND "ceremony_id" IS NOT NULL AND "slot" IS NOT NULL));
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_sequence_check" CHECK ("sequence" > 0);
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$' AND "previous" ~ '^[0-9a-f]{64}$');
ALTER TABLE "task" ADD CONSTRAINT "task_subject_type_check" CHECK ("subject_type" IN ('order', 'signer', 'document'));
ALTER TABLE "task" ADD CONSTRAINT "task_state_check" CHECK ("state" IN ('due', 'running', 'done', 'dead'));
ALTER TABLE "task" ADD CONSTRAINT "task_failure_class_check" CHECK ("failure_class" IN ('retry', 'trustService', 'askSigner', 'person'));
ALTER TABLE "validation_data" ADD CONSTRAINT "validation_data_kind_check" CHECK ("kind" IN ('certificate', 'ocsp', 'crl'));

-- The audit trail is written once: no statement of ours, and no slip by hand, may change or remove an event.
-- `salt` is the exception: it goes when the personal data behind a commitment is erased.
CREATE FUNCTION "audit_event_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW."salt" IS NULL AND to_jsonb(NEW) - 'salt' = to_jsonb(OLD) - 'salt' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit events are never changed or removed (order %, sequence %)', OLD."order_id", OLD."sequence"
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "audit_event_is_final" BEFORE UPDATE OR DELETE ON "audit_event"
    FOR EACH ROW EXECUTE FUNCTION "audit_event_is_final"();
