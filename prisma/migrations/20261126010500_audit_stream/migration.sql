-- CreateTable
CREATE TABLE "audit_stream_positions" (
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "holder" UUID,
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "audit_stream_positions_pkey" PRIMARY KEY ("chain")
);
