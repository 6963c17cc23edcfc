-- CreateEnum
CREATE TYPE "redirect_uri_write_state" AS ENUM ('sent', 'verified', 'overtaken', 'failed');

-- CreateEnum
CREATE TYPE "letter_kind" AS ENUM ('redirect_uris', 'client_secret', 'admin_token', 'production');

-- CreateEnum
CREATE TYPE "letter_state" AS ENUM ('drafted', 'sent', 'seen_live');

-- CreateTable
CREATE TABLE "wanted_redirect_uris" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "uri" TEXT NOT NULL,
    "note" TEXT,
    "created_by_user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wanted_redirect_uris_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "live_configurations" (
    "api_client_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" TEXT,
    "redirect_uris" TEXT[],
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "drifted_at" TIMESTAMPTZ(3),
    "drifted_from" TEXT[],
    "next_read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_configurations_pkey" PRIMARY KEY ("api_client_id")
);

-- CreateTable
CREATE TABLE "configuration_leases" (
    "key" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "configuration_leases_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "redirect_uri_writes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "user_id" UUID,
    "before" TEXT[],
    "after" TEXT[],
    "state" "redirect_uri_write_state" NOT NULL DEFAULT 'sent',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "redirect_uri_writes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letters" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "kind" "letter_kind" NOT NULL,
    "redirect_uris" TEXT[],
    "last4" TEXT,
    "state" "letter_state" NOT NULL DEFAULT 'drafted',
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "drafted_by_user_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "seen_live_at" TIMESTAMPTZ(3),

    CONSTRAINT "letters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recorded_calls" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "failure" TEXT,
    "request_id" TEXT,
    "exchanges" JSONB NOT NULL,

    CONSTRAINT "recorded_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "wanted_redirect_uris_api_client_id_uri_key" ON "wanted_redirect_uris"("api_client_id", "uri");

-- CreateIndex
CREATE INDEX "live_configurations_next_read_at_idx" ON "live_configurations"("next_read_at");

-- CreateIndex
CREATE INDEX "redirect_uri_writes_api_client_id_at_idx" ON "redirect_uri_writes"("api_client_id", "at");

-- CreateIndex
CREATE INDEX "letters_api_client_id_drafted_at_idx" ON "letters"("api_client_id", "drafted_at");

-- CreateIndex
CREATE INDEX "recorded_calls_api_client_id_act_at_idx" ON "recorded_calls"("api_client_id", "act", "at");

-- AddForeignKey
ALTER TABLE "wanted_redirect_uris" ADD CONSTRAINT "wanted_redirect_uris_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_configurations" ADD CONSTRAINT "live_configurations_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redirect_uri_writes" ADD CONSTRAINT "redirect_uri_writes_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letters" ADD CONSTRAINT "letters_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorded_calls" ADD CONSTRAINT "recorded_calls_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;
