-- Whom Segl tells by mail how an order ended: {email, language, states}; empty: nobody.
ALTER TABLE "signing_order" ADD COLUMN "notify" JSONB;
