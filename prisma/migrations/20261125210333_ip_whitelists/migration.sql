-- CreateEnum
CREATE TYPE "restriction_mode" AS ENUM ('off', 'report_only', 'enforced');

-- CreateEnum
CREATE TYPE "whitelist_version_state" AS ENUM ('requested', 'confirmed', 'verified');

-- CreateEnum
CREATE TYPE "verification_outcome" AS ENUM ('allowed', 'refused', 'unclear');

-- AlterTable
ALTER TABLE "letters" ADD COLUMN     "added_blocks" TEXT[],
ADD COLUMN     "blocks" TEXT[],
ADD COLUMN     "removed_blocks" TEXT[];

-- CreateTable
CREATE TABLE "address_lists" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID,
    "machine_key_id" UUID,
    "mode" "restriction_mode" NOT NULL DEFAULT 'off',
    "mode_since" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "address_lists_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "address_entries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "block" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_user_id" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by_user_id" UUID,

    CONSTRAINT "address_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "whitelist_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "whitelist_version_state" NOT NULL DEFAULT 'requested',
    "blocks" TEXT[],
    "added" TEXT[],
    "removed" TEXT[],
    "letter_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by_user_id" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by_user_id" UUID,
    "confirmed_how" TEXT,
    "verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "whitelist_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "whitelist_verifications" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "machine_key_id" UUID,
    "host" TEXT,
    "property_id" TEXT NOT NULL,
    "outcome" "verification_outcome" NOT NULL,
    "status" INTEGER,
    "message" TEXT,
    "upstream_request_id" TEXT,

    CONSTRAINT "whitelist_verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_requests" (
    "machine_key_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "organization_id" UUID NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "key_requests_pkey" PRIMARY KEY ("machine_key_id","hour","address")
);

-- CreateIndex
CREATE UNIQUE INDEX "address_lists_api_client_id_key" ON "address_lists"("api_client_id");

-- CreateIndex
CREATE UNIQUE INDEX "address_lists_machine_key_id_key" ON "address_lists"("machine_key_id");

-- CreateIndex
CREATE INDEX "address_entries_expires_at_idx" ON "address_entries"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "address_entries_list_id_block_key" ON "address_entries"("list_id", "block");

-- CreateIndex
CREATE UNIQUE INDEX "whitelist_versions_list_id_number_key" ON "whitelist_versions"("list_id", "number");

-- CreateIndex
CREATE INDEX "whitelist_verifications_list_id_at_idx" ON "whitelist_verifications"("list_id", "at");

-- CreateIndex
CREATE INDEX "key_requests_hour_idx" ON "key_requests"("hour");

-- AddForeignKey
ALTER TABLE "address_lists" ADD CONSTRAINT "address_lists_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address_lists" ADD CONSTRAINT "address_lists_machine_key_id_fkey" FOREIGN KEY ("machine_key_id") REFERENCES "machine_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address_entries" ADD CONSTRAINT "address_entries_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "address_lists"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "whitelist_versions" ADD CONSTRAINT "whitelist_versions_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "address_lists"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "whitelist_verifications" ADD CONSTRAINT "whitelist_verifications_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "address_lists"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A list belongs to an API client or to a machine key, and never to both.
ALTER TABLE "address_lists" ADD CONSTRAINT "address_lists_one_holder" CHECK (num_nonnulls("api_client_id", "machine_key_id") = 1);
