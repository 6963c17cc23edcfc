-- CreateTable
CREATE TABLE "top_ups" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID,
    "started_by_user_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_until" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "put_back" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "top_ups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "top_up_connections" (
    "top_up_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "seen_version" INTEGER NOT NULL,
    "due_before" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "top_up_connections_pkey" PRIMARY KEY ("top_up_id","connection_id")
);

-- CreateIndex
CREATE INDEX "top_ups_organization_id_started_at_idx" ON "top_ups"("organization_id", "started_at");

-- CreateIndex
CREATE INDEX "top_up_connections_connection_id_idx" ON "top_up_connections"("connection_id");

-- AddForeignKey
ALTER TABLE "top_up_connections" ADD CONSTRAINT "top_up_connections_top_up_id_fkey" FOREIGN KEY ("top_up_id") REFERENCES "top_ups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "top_up_connections" ADD CONSTRAINT "top_up_connections_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
