-- AlterTable
ALTER TABLE "encryption_keys" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "derivation_roots" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "root_sealed" TEXT NOT NULL,

    CONSTRAINT "derivation_roots_pkey" PRIMARY KEY ("id")
);
