-- Webhooks with their deliveries, and named readers of the feed.

-- The feed also tells the tenant of what is about no order: a webhook that was disabled.
ALTER TABLE "event" ALTER COLUMN "order_id" DROP NOT NULL;
ALTER TABLE "event" ADD CONSTRAINT "event_order_check" CHECK ("order_id" IS NOT NULL OR "type" LIKE 'webhook.%');

CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT,
    "types" TEXT[],
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "secret_encrypted" BYTEA NOT NULL,
    "earlier_secret_encrypted" BYTEA,
    "earlier_until" TIMESTAMPTZ(3),
    "position" BIGINT NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "sequence" BIGINT,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),
    "last_status" INTEGER,
    "last_error" TEXT,
    "last_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "feed_consumer" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "lease_id" UUID,
    "leased_to" BIGINT,
    "leased_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_consumer_pkey" PRIMARY KEY ("tenant_id", "name")
);

CREATE INDEX "webhook_tenant_id_idx" ON "webhook"("tenant_id");
CREATE INDEX "webhook_state_position_idx" ON "webhook"("state", "position");
CREATE INDEX "webhook_delivery_webhook_id_state_due_at_idx" ON "webhook_delivery"("webhook_id", "state", "due_at");
CREATE INDEX "webhook_delivery_webhook_id_id_idx" ON "webhook_delivery"("webhook_id", "id");
CREATE INDEX "webhook_delivery_tenant_id_idx" ON "webhook_delivery"("tenant_id");

ALTER TABLE "webhook" ADD CONSTRAINT "webhook_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "feed_consumer" ADD CONSTRAINT "feed_consumer_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "webhook" ADD CONSTRAINT "webhook_state_check" CHECK ("state" IN ('enabled', 'disabled'));
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_state_check" CHECK ("state" IN ('due', 'delivered', 'dead'));
ALTER TABLE "feed_consumer" ADD CONSTRAINT "feed_consumer_lease_check" CHECK (("lease_id" IS NULL) = ("leased_to" IS NULL) AND ("lease_id" IS NULL) = ("leased_until" IS NULL));
