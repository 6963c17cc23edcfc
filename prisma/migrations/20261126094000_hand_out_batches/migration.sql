-- CreateTable
CREATE TABLE "hand_out_batches" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "machine_key_ids" UUID[],
    "connection_ids" UUID[],
    "addresses" TEXT[],
    "minutes" TIMESTAMPTZ(0)[],
    "organization_ids" UUID[],
    "counts" INTEGER[],

    CONSTRAINT "hand_out_batches_pkey" PRIMARY KEY ("id")
);

-- Rows live for seconds: they are not worth compressing, and what they leave is cleared away often.
ALTER TABLE "hand_out_batches" SET (toast_tuple_target = 8160, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
