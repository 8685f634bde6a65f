-- Documents that no order has taken are deleted after a while: how they are found, and what the feed says of one.
CREATE INDEX "document_never_ordered" ON "document"("created_at") WHERE "order_id" IS NULL;

-- The document that an event is about where there is no order; it may be gone, so nothing refers to it.
ALTER TABLE "event" ADD COLUMN "document_id" UUID;
ALTER TABLE "event" DROP CONSTRAINT "event_order_check";
ALTER TABLE "event" ADD CONSTRAINT "event_order_check" CHECK ("order_id" IS NOT NULL OR "type" LIKE 'webhook.%'
    OR ("type" LIKE 'document.%' AND "document_id" IS NOT NULL)) NOT VALID;
ALTER TABLE "event" VALIDATE CONSTRAINT "event_order_check";
