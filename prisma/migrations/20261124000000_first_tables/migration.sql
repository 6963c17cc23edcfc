-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'developer', 'support', 'viewer');

-- CreateEnum
CREATE TYPE "environment" AS ENUM ('SANDBOX', 'PRODUCTION');

-- CreateEnum
CREATE TYPE "connection_state" AS ENUM ('connected', 'refresh_failing', 'reconnect_required', 'disconnected');

-- CreateEnum
CREATE TYPE "grant_origin" AS ENUM ('code', 'refresh', 'migrate', 'create', 'import');

-- CreateEnum
CREATE TYPE "journal_state" AS ENUM ('received', 'applied', 'refused');

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "token_digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttles" (
    "key" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "window_start_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_throttles_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "set_up_codes" (
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "set_up_codes_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "encryption_keys" (
    "key_id" TEXT NOT NULL,
    "check_sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "encryption_keys_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "api_clients" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret_sealed" TEXT NOT NULL,
    "client_secret_version" INTEGER NOT NULL DEFAULT 1,
    "client_secret_last4" TEXT NOT NULL,
    "secret_rotated_at" TIMESTAMPTZ(3) NOT NULL,
    "environment" "environment" NOT NULL,
    "upstream_id" TEXT NOT NULL,
    "api_version" TEXT NOT NULL DEFAULT 'v1',
    "foreign_redirect_uri" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin_tokens" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "token_sealed" TEXT NOT NULL,
    "token_last4" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "admin_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "authorizations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "state_digest" TEXT NOT NULL,
    "browser_digest" TEXT NOT NULL,
    "environment" "environment" NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "request_id" TEXT,
    "connection_id" UUID,
    "steps" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "authorizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant_journal" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "origin" "grant_origin" NOT NULL,
    "authorization_id" UUID,
    "connection_id" UUID,
    "sent_version" INTEGER,
    "answer_sealed" TEXT,
    "state" "journal_state" NOT NULL DEFAULT 'received',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,

    CONSTRAINT "grant_journal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "identity" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "environment" "environment" NOT NULL,
    "state" "connection_state" NOT NULL DEFAULT 'connected',
    "cause" TEXT,
    "state_since" TIMESTAMPTZ(3) NOT NULL,
    "origin" "grant_origin" NOT NULL,
    "consented_by_name" TEXT,
    "consented_by_email" TEXT,
    "consented_by_username" TEXT,
    "connected_by_user_id" UUID,
    "contact_name" TEXT,
    "contact_email" TEXT,
    "contact_language" TEXT,
    "contact_phone" TEXT,
    "access_token_sealed" TEXT,
    "access_token_version" INTEGER NOT NULL DEFAULT 1,
    "access_issued_at" TIMESTAMPTZ(3) NOT NULL,
    "access_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "expiry_source" TEXT NOT NULL,
    "expiry_flagged" BOOLEAN NOT NULL DEFAULT false,
    "refresh_token_sealed" TEXT,
    "refresh_token_version" INTEGER NOT NULL DEFAULT 1,
    "last_refresh_at" TIMESTAMPTZ(3) NOT NULL,
    "last_refresh_outcome" TEXT NOT NULL DEFAULT 'ok',
    "next_refresh_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "disconnected_at" TIMESTAMPTZ(3),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "properties" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "upstream_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "city" TEXT,
    "country" TEXT,
    "currency" TEXT,
    "time_zone" TEXT,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "linked" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "properties_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_lineage" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "origin" "grant_origin" NOT NULL,
    "access_fingerprint" TEXT NOT NULL,
    "refresh_fingerprint" TEXT NOT NULL,
    "refresh_replaced" BOOLEAN NOT NULL,
    "access_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "expiry_source" TEXT NOT NULL,
    "drift_ms" INTEGER,
    "duration_ms" INTEGER,
    "upstream_request_id" TEXT,

    CONSTRAINT "token_lineage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "target_kind" TEXT,
    "target_id" TEXT,
    "address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seals" (
    "event_id" BIGINT NOT NULL,
    "organization_id" UUID,
    "sequence" BIGINT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_digest_key" ON "sessions"("token_digest");

-- CreateIndex
CREATE INDEX "sessions_user_id_revoked_at_idx" ON "sessions"("user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "api_clients_organization_id_deleted_at_idx" ON "api_clients"("organization_id", "deleted_at");

-- CreateIndex
CREATE INDEX "admin_tokens_api_client_id_retired_at_idx" ON "admin_tokens"("api_client_id", "retired_at");

-- CreateIndex
CREATE UNIQUE INDEX "authorizations_state_digest_key" ON "authorizations"("state_digest");

-- CreateIndex
CREATE INDEX "authorizations_connection_id_idx" ON "authorizations"("connection_id");

-- CreateIndex
CREATE INDEX "authorizations_organization_id_created_at_idx" ON "authorizations"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "grant_journal_state_next_try_at_idx" ON "grant_journal"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "connections_organization_id_access_expires_at_id_idx" ON "connections"("organization_id", "access_expires_at", "id");

-- CreateIndex
CREATE INDEX "connections_organization_id_name_id_idx" ON "connections"("organization_id", "name", "id");

-- CreateIndex
CREATE INDEX "connections_organization_id_last_refresh_at_id_idx" ON "connections"("organization_id", "last_refresh_at", "id");

-- CreateIndex
CREATE INDEX "connections_next_refresh_at_idx" ON "connections"("next_refresh_at");

-- CreateIndex
CREATE UNIQUE INDEX "connections_api_client_id_identity_key" ON "connections"("api_client_id", "identity");

-- CreateIndex
CREATE INDEX "properties_organization_id_upstream_id_idx" ON "properties"("organization_id", "upstream_id");

-- CreateIndex
CREATE UNIQUE INDEX "properties_connection_id_upstream_id_key" ON "properties"("connection_id", "upstream_id");

-- CreateIndex
CREATE INDEX "token_lineage_connection_id_at_idx" ON "token_lineage"("connection_id", "at");

-- CreateIndex
CREATE INDEX "audit_events_organization_id_at_id_idx" ON "audit_events"("organization_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seals_organization_id_sequence_key" ON "audit_seals"("organization_id", "sequence");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_tokens" ADD CONSTRAINT "admin_tokens_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "properties" ADD CONSTRAINT "properties_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_lineage" ADD CONSTRAINT "token_lineage_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "audit_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A stored refresh token is never lost: it may only be replaced by another, or wiped by disconnecting.
CREATE FUNCTION keep_refresh_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.refresh_token_sealed = '' THEN
    RAISE EXCEPTION 'an empty value is no refresh token' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.refresh_token_sealed IS NOT NULL AND NEW.refresh_token_sealed IS NULL AND NEW.state <> 'disconnected' THEN
    RAISE EXCEPTION 'a refresh token is wiped by disconnecting only' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.refresh_token_version < OLD.refresh_token_version OR NEW.access_token_version < OLD.access_token_version THEN
    RAISE EXCEPTION 'an older token never replaces a newer one' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER connections_keep_refresh_token BEFORE UPDATE ON connections
  FOR EACH ROW EXECUTE FUNCTION keep_refresh_token();
