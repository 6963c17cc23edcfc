-- Every process looks for these every two seconds. There are few of them, among all that there have ever been.
CREATE INDEX "authorizations_abandoned_idx" ON "authorizations"("consumed_at")
  WHERE "consumed_at" IS NOT NULL AND "finished_at" IS NULL AND "connection_id" IS NULL;
CREATE INDEX "connections_unverified_idx" ON "connections"("id") WHERE "origin" = 'import' AND "verified_at" IS NULL;
