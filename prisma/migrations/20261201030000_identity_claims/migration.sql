-- Who may sign for a signer who is given by name only, and what the sender says to somebody of another name who logged in.
ALTER TABLE "signer"
  ADD COLUMN "anyone" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "claim_subject" TEXT,
  ADD COLUMN "claim_decision" TEXT,
  ADD CONSTRAINT "signer_claim_decision_check" CHECK ("claim_decision" IN ('pending', 'accepted', 'refused')),
  ADD CONSTRAINT "signer_claim_check" CHECK (("claim_subject" IS NULL) = ("claim_decision" IS NULL)),
  DROP CONSTRAINT "signer_state_check",
  ADD CONSTRAINT "signer_state_check" CHECK ("state" IN ('waiting', 'ready', 'atBankid', 'identified', 'awaitingSender', 'authorised', 'signed', 'declined', 'replaced', 'expired', 'notApplicable'));

ALTER TABLE "signing_order"
  ADD COLUMN "on_name_mismatch" TEXT NOT NULL DEFAULT 'hold',
  ADD CONSTRAINT "signing_order_on_name_mismatch_check" CHECK ("on_name_mismatch" IN ('hold', 'refuse'));
