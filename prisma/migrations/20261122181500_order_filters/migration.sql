-- What orders are looked up by: each filter of the list has an index in the list's own order.
ALTER TABLE "signing_order" ADD COLUMN "year" INTEGER;
ALTER TABLE "signing_order" ADD CONSTRAINT "signing_order_year_check" CHECK ("year" BETWEEN 1000 AND 9999);
DROP INDEX "signing_order_tenant_id_reference_idx";
CREATE INDEX "signing_order_tenant_id_kind_created_at_id_idx" ON "signing_order"("tenant_id", "kind", "created_at", "id");
CREATE INDEX "signing_order_tenant_id_organisation_number_created_at_id_idx" ON "signing_order"("tenant_id", "organisation_number", "created_at", "id");
CREATE INDEX "signing_order_tenant_id_year_created_at_id_idx" ON "signing_order"("tenant_id", "year", "created_at", "id");
CREATE INDEX "signing_order_tenant_id_reference_created_at_id_idx" ON "signing_order"("tenant_id", "reference", "created_at", "id");
CREATE INDEX "signing_order_tenant_id_updated_at_id_idx" ON "signing_order"("tenant_id", "updated_at", "id");
