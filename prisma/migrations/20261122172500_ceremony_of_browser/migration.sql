-- The pages ask which attempt a browser has begun.
CREATE INDEX "ceremony_browser_hash_idx" ON "ceremony"("browser_hash");
