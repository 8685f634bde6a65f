-- An order that failed while it was being closed may be ordered anew: the two name each other.
ALTER TABLE "signing_order" ADD COLUMN "replaces_id" UUID, ADD COLUMN "replaced_by_id" UUID;
CREATE INDEX "signing_order_replaces_id_idx" ON "signing_order"("replaces_id");
CREATE INDEX "signing_order_replaced_by_id_idx" ON "signing_order"("replaced_by_id");
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_replaces_id_fkey"
    FOREIGN KEY ("replaces_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_replaced_by_id_fkey"
    FOREIGN KEY ("replaced_by_id", "tenant_id") REFERENCES "signing_order"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
