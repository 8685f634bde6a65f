-- Whether anybody but this order still needs a blob: asked before an order's documents are deleted. Like `blob_in_use`, it answers
-- for all tenants with yes or no; src/postgres/roles.ts gives it to the role that may see them all.
CREATE FUNCTION "blob_in_use_beside"("sha256" TEXT, "beside_order" UUID) RETURNS BOOLEAN
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT EXISTS (
        SELECT FROM "revision" r JOIN "document" d ON d."id" = r."document_id"
        WHERE r."blob_sha256" = $1 AND d."order_id" IS DISTINCT FROM $2) $$;
