-- Second tries of doubted grants are looked for before everything else that is due. There are few of them.
CREATE INDEX "connections_confirming_idx" ON "connections"("next_refresh_at") WHERE "last_refresh_outcome" = 'confirming';
