-- CreateEnum
CREATE TYPE "property_creation_state" AS ENUM ('sending', 'created', 'existing', 'refused', 'unknown');

-- CreateTable
CREATE TABLE "property_creations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "contact_name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "network_name" TEXT,
    "state" "property_creation_state" NOT NULL DEFAULT 'sending',
    "failure" TEXT,
    "upstream_id" TEXT,
    "network_properties" TEXT[],
    "connection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "property_creations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "property_creations_api_client_id_at_idx" ON "property_creations"("api_client_id", "at");

-- CreateIndex
CREATE INDEX "property_creations_connection_id_idx" ON "property_creations"("connection_id");

-- AddForeignKey
ALTER TABLE "property_creations" ADD CONSTRAINT "property_creations_api_client_id_fkey" FOREIGN KEY ("api_client_id") REFERENCES "api_clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;
