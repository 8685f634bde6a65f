-- One ceremony may cover many signers: everything that waits for the same person, approved at BankID in one go.

CREATE TABLE "ceremony_signer" (
    "ceremony_id" UUID NOT NULL,
    "signer_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "left_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ceremony_signer_pkey" PRIMARY KEY ("ceremony_id", "signer_id")
);

CREATE TABLE "signing_session" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "signer_ids" UUID[],
    "language" TEXT NOT NULL,
    "return_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_session_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "ceremony"
    ADD COLUMN "chosen_at" TIMESTAMPTZ(3),
    ADD COLUMN "multisign" INTEGER;

CREATE INDEX "ceremony_signer_signer_id_created_at_idx" ON "ceremony_signer"("signer_id", "created_at");
CREATE INDEX "ceremony_signer_order_id_idx" ON "ceremony_signer"("order_id");
CREATE INDEX "ceremony_signer_tenant_id_idx" ON "ceremony_signer"("tenant_id");
CREATE INDEX "signing_session_tenant_id_idx" ON "signing_session"("tenant_id");

ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_ceremony_id_fkey" FOREIGN KEY ("ceremony_id") REFERENCES "ceremony"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_signer_id_fkey" FOREIGN KEY ("signer_id") REFERENCES "signer"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "signing_order"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signing_session" ADD CONSTRAINT "signing_session_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signing_session" ADD CONSTRAINT "signing_session_language_check" CHECK ("language" IN ('nb', 'nn', 'en'));

-- Attempts made before this had one signer each, and nothing to choose from.
INSERT INTO "ceremony_signer" ("ceremony_id", "signer_id", "tenant_id", "order_id", "left_reason", "created_at")
    SELECT "id", "signer_id", "tenant_id", "order_id", CASE WHEN "state" = 'void' THEN COALESCE("void_reason", 'CEREMONY_REPLACED') END, "created_at"
    FROM "ceremony";
UPDATE "ceremony" SET "chosen_at" = "created_at";
