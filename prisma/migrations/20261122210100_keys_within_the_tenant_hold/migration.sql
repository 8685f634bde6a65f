-- The foreign keys of the migration before hold for the rows that were there, too.

ALTER TABLE "document" VALIDATE CONSTRAINT "document_order_id_fkey";
ALTER TABLE "revision" VALIDATE CONSTRAINT "revision_document_id_fkey";
ALTER TABLE "revision" VALIDATE CONSTRAINT "revision_signature_id_fkey";
ALTER TABLE "signer" VALIDATE CONSTRAINT "signer_order_id_fkey";
ALTER TABLE "ceremony" VALIDATE CONSTRAINT "ceremony_order_id_fkey";
ALTER TABLE "ceremony" VALIDATE CONSTRAINT "ceremony_signer_id_fkey";
ALTER TABLE "signature" VALIDATE CONSTRAINT "signature_order_id_fkey";
ALTER TABLE "signature" VALIDATE CONSTRAINT "signature_document_id_fkey";
ALTER TABLE "signature" VALIDATE CONSTRAINT "signature_signer_id_fkey";
ALTER TABLE "signature" VALIDATE CONSTRAINT "signature_ceremony_id_fkey";
ALTER TABLE "lease" VALIDATE CONSTRAINT "lease_document_id_fkey";
ALTER TABLE "lease" VALIDATE CONSTRAINT "lease_ceremony_id_fkey";
ALTER TABLE "audit_event" VALIDATE CONSTRAINT "audit_event_order_id_fkey";
ALTER TABLE "event" VALIDATE CONSTRAINT "event_order_id_fkey";
ALTER TABLE "event" VALIDATE CONSTRAINT "event_signer_id_fkey";
ALTER TABLE "task" VALIDATE CONSTRAINT "task_order_id_fkey";
ALTER TABLE "validation_data" VALIDATE CONSTRAINT "validation_data_order_id_fkey";
ALTER TABLE "webhook_delivery" VALIDATE CONSTRAINT "webhook_delivery_webhook_id_fkey";
ALTER TABLE "ceremony_signer" VALIDATE CONSTRAINT "ceremony_signer_ceremony_id_fkey";
ALTER TABLE "ceremony_signer" VALIDATE CONSTRAINT "ceremony_signer_signer_id_fkey";
ALTER TABLE "ceremony_signer" VALIDATE CONSTRAINT "ceremony_signer_order_id_fkey";
ALTER TABLE "oauth_assertion" VALIDATE CONSTRAINT "oauth_assertion_client_id_fkey";
ALTER TABLE "access_token" VALIDATE CONSTRAINT "access_token_client_id_fkey";
