-- A row refers to rows of its own tenant only, whatever the program above says: the tenant is part of every foreign key. The column that
-- names the row stays first, so that the index that begins with it serves both. The rows that there are already are looked at by the
-- next migration, in a transaction of its own, while others write.

CREATE UNIQUE INDEX "oauth_client_tenant_id_id_key" ON "oauth_client"("tenant_id", "id");
CREATE UNIQUE INDEX "document_tenant_id_id_key" ON "document"("tenant_id", "id");
CREATE UNIQUE INDEX "signing_order_tenant_id_id_key" ON "signing_order"("tenant_id", "id");
CREATE UNIQUE INDEX "signer_tenant_id_id_key" ON "signer"("tenant_id", "id");
CREATE UNIQUE INDEX "ceremony_tenant_id_id_key" ON "ceremony"("tenant_id", "id");
CREATE UNIQUE INDEX "signature_tenant_id_id_key" ON "signature"("tenant_id", "id");
CREATE UNIQUE INDEX "webhook_tenant_id_id_key" ON "webhook"("tenant_id", "id");

-- What the new indexes begin with.
DROP INDEX "oauth_client_tenant_id_idx";
DROP INDEX "ceremony_tenant_id_idx";
DROP INDEX "signature_tenant_id_idx";
DROP INDEX "webhook_tenant_id_idx";

ALTER TABLE "document" DROP CONSTRAINT "document_order_id_fkey";
ALTER TABLE "document" ADD CONSTRAINT "document_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "revision" DROP CONSTRAINT "revision_document_id_fkey";
ALTER TABLE "revision" ADD CONSTRAINT "revision_document_id_fkey" FOREIGN KEY ("document_id", "tenant_id") REFERENCES "document"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "revision" DROP CONSTRAINT "revision_signature_id_fkey";
ALTER TABLE "revision" ADD CONSTRAINT "revision_signature_id_fkey" FOREIGN KEY ("signature_id", "tenant_id") REFERENCES "signature"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "signer" DROP CONSTRAINT "signer_order_id_fkey";
ALTER TABLE "signer" ADD CONSTRAINT "signer_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ceremony" DROP CONSTRAINT "ceremony_order_id_fkey";
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ceremony" DROP CONSTRAINT "ceremony_signer_id_fkey";
ALTER TABLE "ceremony" ADD CONSTRAINT "ceremony_signer_id_fkey" FOREIGN KEY ("signer_id", "tenant_id") REFERENCES "signer"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "signature" DROP CONSTRAINT "signature_order_id_fkey";
ALTER TABLE "signature" ADD CONSTRAINT "signature_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "signature" DROP CONSTRAINT "signature_document_id_fkey";
ALTER TABLE "signature" ADD CONSTRAINT "signature_document_id_fkey" FOREIGN KEY ("document_id", "tenant_id") REFERENCES "document"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "signature" DROP CONSTRAINT "signature_signer_id_fkey";
ALTER TABLE "signature" ADD CONSTRAINT "signature_signer_id_fkey" FOREIGN KEY ("signer_id", "tenant_id") REFERENCES "signer"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "signature" DROP CONSTRAINT "signature_ceremony_id_fkey";
ALTER TABLE "signature" ADD CONSTRAINT "signature_ceremony_id_fkey" FOREIGN KEY ("ceremony_id", "tenant_id") REFERENCES "ceremony"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "lease" DROP CONSTRAINT "lease_document_id_fkey";
ALTER TABLE "lease" ADD CONSTRAINT "lease_document_id_fkey" FOREIGN KEY ("document_id", "tenant_id") REFERENCES "document"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "lease" DROP CONSTRAINT "lease_ceremony_id_fkey";
ALTER TABLE "lease" ADD CONSTRAINT "lease_ceremony_id_fkey" FOREIGN KEY ("ceremony_id", "tenant_id") REFERENCES "ceremony"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "audit_event" DROP CONSTRAINT "audit_event_order_id_fkey";
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "event" DROP CONSTRAINT "event_order_id_fkey";
ALTER TABLE "event" ADD CONSTRAINT "event_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "event" DROP CONSTRAINT "event_signer_id_fkey";
ALTER TABLE "event" ADD CONSTRAINT "event_signer_id_fkey" FOREIGN KEY ("signer_id", "tenant_id") REFERENCES "signer"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "task" DROP CONSTRAINT "task_order_id_fkey";
ALTER TABLE "task" ADD CONSTRAINT "task_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "validation_data" DROP CONSTRAINT "validation_data_order_id_fkey";
ALTER TABLE "validation_data" ADD CONSTRAINT "validation_data_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "webhook_delivery" DROP CONSTRAINT "webhook_delivery_webhook_id_fkey";
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id", "tenant_id") REFERENCES "webhook"("id", "tenant_id") ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ceremony_signer" DROP CONSTRAINT "ceremony_signer_ceremony_id_fkey";
ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_ceremony_id_fkey" FOREIGN KEY ("ceremony_id", "tenant_id") REFERENCES "ceremony"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ceremony_signer" DROP CONSTRAINT "ceremony_signer_signer_id_fkey";
ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_signer_id_fkey" FOREIGN KEY ("signer_id", "tenant_id") REFERENCES "signer"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ceremony_signer" DROP CONSTRAINT "ceremony_signer_order_id_fkey";
ALTER TABLE "ceremony_signer" ADD CONSTRAINT "ceremony_signer_order_id_fkey" FOREIGN KEY ("order_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "oauth_assertion" DROP CONSTRAINT "oauth_assertion_client_id_fkey";
ALTER TABLE "oauth_assertion" ADD CONSTRAINT "oauth_assertion_client_id_fkey" FOREIGN KEY ("client_id", "tenant_id") REFERENCES "oauth_client"("id", "tenant_id") ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "access_token" DROP CONSTRAINT "access_token_client_id_fkey";
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_client_id_fkey" FOREIGN KEY ("client_id", "tenant_id") REFERENCES "oauth_client"("id", "tenant_id") ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;

-- Without a tenant the foreign key would not be looked at.
ALTER TABLE "validation_data" ADD CONSTRAINT "validation_data_tenant_check" CHECK ("order_id" IS NULL OR "tenant_id" IS NOT NULL);
