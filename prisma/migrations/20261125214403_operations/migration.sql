-- CreateTable
CREATE TABLE "operations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_client_id" UUID NOT NULL,
    "connection_id" UUID,
    "call" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status" INTEGER,
    "cause" TEXT,
    "type" TEXT,
    "messages" TEXT[],
    "request_id" TEXT,
    "exchange" JSONB NOT NULL,

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "operations_organization_id_at_id_idx" ON "operations"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "operations_connection_id_at_idx" ON "operations"("connection_id", "at");

-- CreateIndex
CREATE INDEX "operations_at_idx" ON "operations"("at");
