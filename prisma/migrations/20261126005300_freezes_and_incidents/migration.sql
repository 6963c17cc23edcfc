-- CreateEnum
CREATE TYPE "freeze_target" AS ENUM ('organization', 'api_client', 'connection');

-- CreateEnum
CREATE TYPE "incident_kind" AS ENUM ('real', 'drill');

-- AlterEnum
ALTER TYPE "letter_kind" ADD VALUE 'incident';

-- CreateTable
CREATE TABLE "freezes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "target_kind" "freeze_target" NOT NULL,
    "target_id" UUID NOT NULL,
    "only_sandbox" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL,
    "frozen_by_user_id" UUID NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_by_user_id" UUID,
    "lifted_at" TIMESTAMPTZ(3),
    "lift_reason" TEXT,

    CONSTRAINT "freezes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "incident_kind" NOT NULL,
    "summary" TEXT NOT NULL,
    "opened_by_user_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by_user_id" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_steps" (
    "incident_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "is_done" BOOLEAN NOT NULL,
    "note" TEXT,
    "user_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "incident_steps_pkey" PRIMARY KEY ("incident_id","step")
);

-- CreateIndex
CREATE INDEX "freezes_organization_id_frozen_at_idx" ON "freezes"("organization_id", "frozen_at");

-- CreateIndex
CREATE INDEX "incidents_organization_id_opened_at_idx" ON "incidents"("organization_id", "opened_at");

-- AddForeignKey
ALTER TABLE "incident_steps" ADD CONSTRAINT "incident_steps_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One that holds for each target: two people who freeze the same thing at one moment freeze it once.
CREATE UNIQUE INDEX "freezes_holding_key" ON "freezes"("target_id", "only_sandbox") WHERE "lifted_at" IS NULL;

-- One that is worked on, of each kind.
CREATE UNIQUE INDEX "incidents_open_key" ON "incidents"("organization_id", "kind") WHERE "closed_at" IS NULL;
