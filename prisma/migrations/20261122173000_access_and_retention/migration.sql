-- Keys that take turns, OAuth clients with their tokens, legal hold, and deletion after the time of storage.

-- The key that takes over from this one when it is rotated.
ALTER TABLE "api_key" ADD COLUMN "successor_id" UUID;

CREATE TABLE "oauth_client" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "jwks" JSONB NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_client_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "oauth_assertion" (
    "client_id" UUID NOT NULL,
    "jti_hash" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_assertion_pkey" PRIMARY KEY ("client_id", "jti_hash")
);

CREATE TABLE "access_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "oauth_client_tenant_id_idx" ON "oauth_client"("tenant_id");
CREATE INDEX "oauth_assertion_tenant_id_idx" ON "oauth_assertion"("tenant_id");
CREATE INDEX "oauth_assertion_expires_at_idx" ON "oauth_assertion"("expires_at");
CREATE UNIQUE INDEX "access_token_hash_key" ON "access_token"("hash");
CREATE INDEX "access_token_tenant_id_idx" ON "access_token"("tenant_id");
CREATE INDEX "access_token_client_id_idx" ON "access_token"("client_id");
CREATE INDEX "access_token_expires_at_idx" ON "access_token"("expires_at");

ALTER TABLE "oauth_client" ADD CONSTRAINT "oauth_client_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "oauth_assertion" ADD CONSTRAINT "oauth_assertion_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "oauth_assertion" ADD CONSTRAINT "oauth_assertion_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "oauth_client"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "oauth_client"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- Storage: the last day on which the order must be kept (known when it is closed), who may not touch it meanwhile, and when it went.
ALTER TABLE "signing_order"
    ADD COLUMN "kept_until" DATE,
    ADD COLUMN "hold_reason" TEXT,
    ADD COLUMN "hold_since" TIMESTAMPTZ(3),
    ADD COLUMN "deletion_begun_at" TIMESTAMPTZ(3),
    ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_hold_check" CHECK (("hold_reason" IS NULL) = ("hold_since" IS NULL));
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_deletion_check" CHECK ("deletion_begun_at" IS NULL OR "hold_since" IS NULL);
CREATE INDEX "signing_order_kept_until" ON "signing_order"("kept_until") WHERE "deleted_at" IS NULL;

-- Personal data behind a commitment goes together with its salt: what stays can be checked by who has both, and guessed by nobody.
CREATE OR REPLACE FUNCTION "audit_event_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW."salt" IS NULL AND (NEW."personal" IS NULL OR NEW."personal" = 'null'::jsonb)
       AND to_jsonb(NEW) - 'salt' - 'personal' = to_jsonb(OLD) - 'salt' - 'personal' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit events are never changed or removed (order %, sequence %)', OLD."order_id", OLD."sequence"
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
