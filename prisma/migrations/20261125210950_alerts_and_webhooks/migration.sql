-- CreateEnum
CREATE TYPE "connection_told" AS ENUM ('nothing', 'refresh_failing', 'reconnect_required');

-- CreateEnum
CREATE TYPE "webhook_kind" AS ENUM ('signed', 'slack');

-- CreateEnum
CREATE TYPE "webhook_delivery_state" AS ENUM ('queued', 'delivered', 'failed');

-- CreateTable
CREATE TABLE "connection_changes" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "from_state" "connection_state",
    "to_state" "connection_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_watches" (
    "connection_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "unwell_since" TIMESTAMPTZ(3) NOT NULL,
    "told" "connection_told" NOT NULL DEFAULT 'nothing',

    CONSTRAINT "connection_watches_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "about_kind" TEXT NOT NULL,
    "about_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "was_moot" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_settings" (
    "organization_id" UUID NOT NULL,
    "muted" TEXT[],
    "roles" "role"[] DEFAULT ARRAY['owner', 'developer']::"role"[],
    "addresses" TEXT[],
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "last_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_settings_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "admin_token_reminders" (
    "admin_token_id" UUID NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "admin_token_reminders_pkey" PRIMARY KEY ("admin_token_id")
);

-- CreateTable
CREATE TABLE "quota_readings" (
    "api_client_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "remaining" INTEGER,
    "most" INTEGER NOT NULL,
    "most_at" TIMESTAMPTZ(3) NOT NULL,
    "refused_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "low_since" TIMESTAMPTZ(3),

    CONSTRAINT "quota_readings_pkey" PRIMARY KEY ("api_client_id")
);

-- CreateTable
CREATE TABLE "known_key_addresses" (
    "machine_key_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_key_addresses_pkey" PRIMARY KEY ("machine_key_id","address")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "webhook_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "url_sealed" TEXT NOT NULL,
    "url_origin" TEXT NOT NULL,
    "secret_sealed" TEXT,
    "secret_version" INTEGER NOT NULL DEFAULT 1,
    "secret_last4" TEXT,
    "previous_secret_sealed" TEXT,
    "previous_secret_ends_at" TIMESTAMPTZ(3),
    "events" TEXT[],
    "created_by_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_by_keyrack" BOOLEAN NOT NULL DEFAULT false,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" "webhook_delivery_state" NOT NULL DEFAULT 'queued',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "gives_up_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "connection_watches_told_unwell_since_idx" ON "connection_watches"("told", "unwell_since");

-- CreateIndex
CREATE INDEX "alerts_organization_id_at_idx" ON "alerts"("organization_id", "at");

-- CreateIndex
CREATE INDEX "alerts_told_at_idx" ON "alerts"("told_at");

-- CreateIndex
CREATE INDEX "webhook_endpoints_organization_id_created_at_idx" ON "webhook_endpoints"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_created_at_idx" ON "webhook_deliveries"("endpoint_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_created_at_idx" ON "webhook_deliveries"("created_at");

-- CreateIndex
CREATE INDEX "hand_out_origins_first_at_idx" ON "hand_out_origins"("first_at");

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A change of state is written down by the database itself, in the transaction of the change: no verb can forget it, and
-- none has to know of it. An ordinary refresh changes no state, and costs one comparison.
CREATE FUNCTION keyrack_note_connection_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connection_changes (organization_id, connection_id, from_state, to_state, at)
  VALUES (NEW.organization_id, NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, NEW.state_since);
  RETURN NULL;
END $$;

CREATE TRIGGER connection_made AFTER INSERT ON connections
  FOR EACH ROW EXECUTE FUNCTION keyrack_note_connection_change();

CREATE TRIGGER connection_state_changed AFTER UPDATE OF state ON connections
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION keyrack_note_connection_change();

-- What was there before is known: people are told of changes only.
INSERT INTO known_key_addresses (machine_key_id, address, first_at)
  SELECT machine_key_id, address, min(first_at) FROM hand_out_origins GROUP BY machine_key_id, address;

INSERT INTO connection_watches (connection_id, organization_id, unwell_since, told)
  SELECT id, organization_id, state_since,
    CASE WHEN state = 'reconnect_required' THEN 'reconnect_required'::connection_told ELSE 'nothing'::connection_told END
  FROM connections WHERE state IN ('refresh_failing', 'reconnect_required');
