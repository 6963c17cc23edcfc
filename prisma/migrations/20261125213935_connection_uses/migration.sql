-- CreateTable
CREATE TABLE "connection_uses" (
    "connection_id" UUID NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_uses_pkey" PRIMARY KEY ("connection_id")
);

-- AddForeignKey
ALTER TABLE "connection_uses" ADD CONSTRAINT "connection_uses_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The ledger's origins are written once for each key, connection and address: the first of a connection says that it is
-- used. In the order of the ids, so that two groups of entries never wait for each other.
CREATE FUNCTION keyrack_note_connection_uses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connection_uses (connection_id, first_at)
  SELECT added.connection_id, min(added.first_at) FROM added JOIN connections ON connections.id = added.connection_id
  WHERE NOT EXISTS (SELECT 1 FROM connection_uses known WHERE known.connection_id = added.connection_id)
  GROUP BY added.connection_id ORDER BY added.connection_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER connections_used AFTER INSERT ON hand_out_origins REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keyrack_note_connection_uses();

INSERT INTO connection_uses (connection_id, first_at)
  SELECT connection_id, min(first_at) FROM hand_out_origins JOIN connections ON connections.id = connection_id GROUP BY connection_id;
