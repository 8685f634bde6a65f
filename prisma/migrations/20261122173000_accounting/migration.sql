-- What the accounting rules said of an order: warnings, overridden rules, the signers' mandates.
ALTER TABLE "signing_order" ADD COLUMN "accounting" JSONB NOT NULL DEFAULT '{}';
