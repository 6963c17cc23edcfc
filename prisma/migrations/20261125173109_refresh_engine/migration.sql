-- DropIndex
DROP INDEX "connections_next_refresh_at_idx";

-- CreateIndex
CREATE INDEX "connections_api_client_id_next_refresh_at_idx" ON "connections"("api_client_id", "next_refresh_at");

-- Before a refresh token is sent, an answer to it that nobody read yet is looked for. Few rows are in this state.
CREATE INDEX "grant_journal_waiting_idx" ON "grant_journal"("connection_id") WHERE "state" = 'received';

-- The trigger refuses an empty value in a change; a new row may not have one either.
ALTER TABLE "connections" ADD CONSTRAINT "connections_refresh_token_check" CHECK ("refresh_token_sealed" <> '');
