-- When a signer was told by mail that it is his turn.
ALTER TABLE "signer" ADD COLUMN "told_at" TIMESTAMPTZ(3);
