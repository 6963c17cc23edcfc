-- CreateEnum
CREATE TYPE "link_kind" AS ENUM ('reconnect', 'connect');

-- CreateEnum
CREATE TYPE "link_state" AS ENUM ('created', 'opened', 'consented', 'exchanged', 'verified', 'refused', 'wrong_property', 'failed', 'revoked');

-- CreateEnum
CREATE TYPE "quarantine_state" AS ENUM ('probing', 'held', 'adopted', 'unneeded', 'connected', 'erased');

-- AlterTable
ALTER TABLE "authorizations" ADD COLUMN     "difference" JSONB,
ADD COLUMN     "expected_connection_id" UUID,
ADD COLUMN     "link_id" UUID;

-- CreateTable
CREATE TABLE "links" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "kind" "link_kind" NOT NULL,
    "connection_id" UUID,
    "property_id" TEXT,
    "token_digest" TEXT NOT NULL,
    "code_fingerprint" TEXT,
    "code_expires_at" TIMESTAMPTZ(3),
    "code_used_at" TIMESTAMPTZ(3),
    "browser_digest" TEXT,
    "recipient_name" TEXT,
    "recipient_email" TEXT,
    "language" TEXT NOT NULL,
    "reason" TEXT,
    "ticket" TEXT,
    "state" "link_state" NOT NULL DEFAULT 'created',
    "failure" TEXT,
    "created_by_user_id" UUID,
    "machine_key_id" UUID,
    "success_url" TEXT,
    "error_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "consented_at" TIMESTAMPTZ(3),
    "exchanged_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quarantined_grants" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "authorization_id" UUID NOT NULL,
    "expected_name" TEXT NOT NULL,
    "expected_id" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "discovery" JSONB NOT NULL,
    "answer_sealed" TEXT,
    "state" "quarantine_state" NOT NULL DEFAULT 'probing',
    "connection_id" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "quarantined_grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_addresses" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "uri" TEXT NOT NULL,
    "created_by_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "return_addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link_settings" (
    "organization_id" UUID NOT NULL,
    "ticket_url" TEXT,

    CONSTRAINT "link_settings_pkey" PRIMARY KEY ("organization_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "links_token_digest_key" ON "links"("token_digest");

-- CreateIndex
CREATE UNIQUE INDEX "links_code_fingerprint_key" ON "links"("code_fingerprint");

-- CreateIndex
CREATE INDEX "links_organization_id_created_at_id_idx" ON "links"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "links_connection_id_created_at_idx" ON "links"("connection_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "quarantined_grants_authorization_id_key" ON "quarantined_grants"("authorization_id");

-- CreateIndex
CREATE INDEX "quarantined_grants_organization_id_state_idx" ON "quarantined_grants"("organization_id", "state");

-- CreateIndex
CREATE INDEX "quarantined_grants_state_next_try_at_idx" ON "quarantined_grants"("state", "next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "return_addresses_api_client_id_uri_key" ON "return_addresses"("api_client_id", "uri");

-- CreateIndex
CREATE INDEX "authorizations_link_id_created_at_idx" ON "authorizations"("link_id", "created_at");

-- AddForeignKey
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "links"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "links" ADD CONSTRAINT "links_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "links" ADD CONSTRAINT "links_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quarantined_grants" ADD CONSTRAINT "quarantined_grants_authorization_id_fkey" FOREIGN KEY ("authorization_id") REFERENCES "authorizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_addresses" ADD CONSTRAINT "return_addresses_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A person, a hotelier by a link, or a machine key: one of them walked.
ALTER TABLE "authorizations" DROP CONSTRAINT "authorizations_who_check";
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_who_check" CHECK (
  (("user_id" IS NOT NULL OR "link_id" IS NOT NULL) AND "state_digest" IS NOT NULL AND "browser_digest" IS NOT NULL)
  OR ("machine_key_id" IS NOT NULL AND "code_digest" IS NOT NULL)
);
