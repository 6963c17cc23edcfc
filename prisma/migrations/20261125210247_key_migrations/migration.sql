-- CreateEnum
CREATE TYPE "key_migration_state" AS ENUM ('running', 'paused', 'stopped', 'finished', 'cancelled');

-- CreateEnum
CREATE TYPE "key_migration_stage" AS ENUM ('first_line', 'next_ten', 'rest');

-- CreateEnum
CREATE TYPE "key_line_state" AS ENUM ('pending', 'sent', 'received', 'stored', 'verified', 'failed', 'ambiguous', 'skipped');

-- CreateEnum
CREATE TYPE "old_key_state" AS ENUM ('kept', 'retired', 'erased');

-- CreateTable
CREATE TABLE "key_migrations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "key_migration_state" NOT NULL DEFAULT 'running',
    "stage" "key_migration_stage" NOT NULL DEFAULT 'first_line',
    "stop_reason" TEXT,
    "per_second" DOUBLE PRECISION,
    "gap_ms" DOUBLE PRECISION NOT NULL,
    "next_slot_at" TIMESTAMPTZ(6) NOT NULL,
    "verified_before" INTEGER NOT NULL DEFAULT 0,
    "lost_in_a_row" INTEGER NOT NULL DEFAULT 0,
    "digest" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_migrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_lines" (
    "migration_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "property_id" TEXT NOT NULL,
    "name" TEXT,
    "old_key_id" UUID NOT NULL,
    "state" "key_line_state" NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "connection_id" UUID NOT NULL,
    "migrated_by" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_lines_pkey" PRIMARY KEY ("migration_id","number")
);

-- CreateTable
CREATE TABLE "old_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "property_id" TEXT NOT NULL,
    "name" TEXT,
    "key_sealed" TEXT,
    "key_last4" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "state" "old_key_state" NOT NULL DEFAULT 'kept',
    "migrated_at" TIMESTAMPTZ(3),
    "migration_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "old_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "key_migrations_organization_id_created_at_idx" ON "key_migrations"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "key_migrations_state_idx" ON "key_migrations"("state");

-- CreateIndex
CREATE UNIQUE INDEX "key_migrations_organization_id_digest_key" ON "key_migrations"("organization_id", "digest");

-- CreateIndex
CREATE INDEX "key_lines_migration_id_state_next_try_at_idx" ON "key_lines"("migration_id", "state", "next_try_at");

-- CreateIndex
CREATE INDEX "key_lines_connection_id_idx" ON "key_lines"("connection_id");

-- CreateIndex
CREATE INDEX "key_lines_old_key_id_idx" ON "key_lines"("old_key_id");

-- CreateIndex
CREATE INDEX "old_keys_organization_id_state_added_at_idx" ON "old_keys"("organization_id", "state", "added_at");

-- CreateIndex
CREATE UNIQUE INDEX "old_keys_organization_id_property_id_fingerprint_key" ON "old_keys"("organization_id", "property_id", "fingerprint");

-- AddForeignKey
ALTER TABLE "key_migrations" ADD CONSTRAINT "key_migrations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_migrations" ADD CONSTRAINT "key_migrations_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_lines" ADD CONSTRAINT "key_lines_migration_id_fkey" FOREIGN KEY ("migration_id") REFERENCES "key_migrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_lines" ADD CONSTRAINT "key_lines_old_key_id_fkey" FOREIGN KEY ("old_key_id") REFERENCES "old_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "old_keys" ADD CONSTRAINT "old_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
