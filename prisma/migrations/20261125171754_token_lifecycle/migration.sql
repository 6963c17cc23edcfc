-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('running', 'finished', 'cancelled', 'handed_back');

-- CreateEnum
CREATE TYPE "import_line_state" AS ENUM ('pending', 'stored', 'duplicate', 'refused', 'failed', 'handed_back');

-- AlterTable
ALTER TABLE "api_clients" ADD COLUMN     "refused_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "refresh_failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "verified_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "refresh_lanes" (
    "api_client_id" UUID NOT NULL,
    "next_slot_at" TIMESTAMPTZ(6) NOT NULL,
    "gap_ms" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "refresh_lanes_pkey" PRIMARY KEY ("api_client_id")
);

-- CreateTable
CREATE TABLE "machine_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "environment" "environment" NOT NULL,
    "digest" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "scopes" TEXT[],
    "properties" TEXT[],
    "addresses" TEXT[],
    "created_by_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "replaced_by_id" UUID,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_address" TEXT,
    "last_used_user_agent" TEXT,
    "last_used_route" TEXT,

    CONSTRAINT "machine_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hand_outs" (
    "machine_key_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "organization_id" UUID NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "hand_outs_pkey" PRIMARY KEY ("machine_key_id","connection_id","address","minute")
);

-- CreateTable
CREATE TABLE "hand_out_origins" (
    "machine_key_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hand_out_origins_pkey" PRIMARY KEY ("machine_key_id","connection_id","address")
);

-- CreateTable
CREATE TABLE "idempotent_answers" (
    "machine_key_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_digest" TEXT NOT NULL,
    "status" INTEGER,
    "body_sealed" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answers_pkey" PRIMARY KEY ("machine_key_id","key")
);

-- CreateTable
CREATE TABLE "connection_imports" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "probe" BOOLEAN NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'running',
    "digest" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_lines" (
    "import_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "property_id" TEXT,
    "name" TEXT,
    "refresh_token_sealed" TEXT,
    "refresh_token_last4" TEXT NOT NULL,
    "state" "import_line_state" NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "connection_id" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_lines_pkey" PRIMARY KEY ("import_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "machine_keys_digest_key" ON "machine_keys"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "machine_keys_replaced_by_id_key" ON "machine_keys"("replaced_by_id");

-- CreateIndex
CREATE INDEX "machine_keys_organization_id_created_at_idx" ON "machine_keys"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "hand_outs_organization_id_minute_idx" ON "hand_outs"("organization_id", "minute");

-- CreateIndex
CREATE INDEX "hand_outs_connection_id_minute_idx" ON "hand_outs"("connection_id", "minute");

-- CreateIndex
CREATE INDEX "idempotent_answers_created_at_idx" ON "idempotent_answers"("created_at");

-- CreateIndex
CREATE INDEX "connection_imports_organization_id_created_at_idx" ON "connection_imports"("organization_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "connection_imports_organization_id_digest_key" ON "connection_imports"("organization_id", "digest");

-- CreateIndex
CREATE INDEX "import_lines_import_id_state_idx" ON "import_lines"("import_id", "state");

-- CreateIndex
CREATE INDEX "import_lines_connection_id_idx" ON "import_lines"("connection_id");

-- AddForeignKey
ALTER TABLE "refresh_lanes" ADD CONSTRAINT "refresh_lanes_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "machine_keys" ADD CONSTRAINT "machine_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_imports" ADD CONSTRAINT "connection_imports_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_imports" ADD CONSTRAINT "connection_imports_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "connection_imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
