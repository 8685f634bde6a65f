-- The life of an order: how many of a group, drafts, activation, reminders, replacement and delegation.
ALTER TABLE "signing_order"
    ADD COLUMN "groups" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "reminders" JSONB,
    ADD COLUMN "slots" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "draft_encrypted" BYTEA;
ALTER TABLE "signer"
    ADD COLUMN "methods" TEXT[],
    ADD COLUMN "may_delegate" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "replaces_id" UUID,
    ADD COLUMN "email" TEXT,
    ADD COLUMN "invited_at" TIMESTAMPTZ(3),
    ADD COLUMN "reminders_sent" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "identity_check" JSONB;

-- Orders made before this have the slots that `prepare` gave them: their signers and two more.
UPDATE "signing_order" SET "slots" = LEAST(40, 2 + (SELECT count(*) FROM "signer" WHERE "signer"."order_id" = "signing_order"."id"));
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_slots_check" CHECK ("slots" BETWEEN 0 AND 40);
ALTER TABLE "signer" ADD CONSTRAINT "signer_reminders_sent_check" CHECK ("reminders_sent" >= 0);
