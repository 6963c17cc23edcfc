-- CreateEnum
CREATE TYPE "key_hint_kind" AS ENUM ('many_connections', 'unusual_rate');

-- CreateTable
CREATE TABLE "key_hints" (
    "machine_key_id" UUID NOT NULL,
    "kind" "key_hint_kind" NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_hints_pkey" PRIMARY KEY ("machine_key_id","kind")
);
