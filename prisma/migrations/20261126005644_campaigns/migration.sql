-- CreateEnum
CREATE TYPE "campaign_channel" AS ENUM ('mail', 'csv');

-- AlterEnum
ALTER TYPE "mail_state" ADD VALUE 'withdrawn';

-- AlterTable
ALTER TABLE "links" ADD COLUMN     "mail_id" UUID,
ADD COLUMN     "recipient_id" UUID;

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "reason" TEXT,
    "ticket" TEXT,
    "language" TEXT NOT NULL,
    "life" TEXT NOT NULL,
    "channel" "campaign_channel" NOT NULL,
    "created_by_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "file_taken_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_by_user_id" UUID,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_recipients" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "left_out" TEXT,
    "left_out_cause" TEXT,
    "mails" INTEGER NOT NULL DEFAULT 0,
    "first_mail_at" TIMESTAMPTZ(3),
    "last_mail_at" TIMESTAMPTZ(3),
    "next_mail_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_recipients_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "campaigns_organization_id_created_at_id_idx" ON "campaigns"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "campaign_recipients_connection_id_idx" ON "campaign_recipients"("connection_id");

-- CreateIndex
CREATE INDEX "campaign_recipients_next_mail_at_idx" ON "campaign_recipients"("next_mail_at");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_recipients_campaign_id_connection_id_key" ON "campaign_recipients"("campaign_id", "connection_id");

-- CreateIndex
CREATE INDEX "links_recipient_id_created_at_idx" ON "links"("recipient_id", "created_at");

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipients" ADD CONSTRAINT "campaign_recipients_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipients" ADD CONSTRAINT "campaign_recipients_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "links" ADD CONSTRAINT "links_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "campaign_recipients"("id") ON DELETE SET NULL ON UPDATE CASCADE;
