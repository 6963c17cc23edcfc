-- AlterTable
ALTER TABLE "admin_tokens" ADD COLUMN     "accepted" BOOLEAN,
ADD COLUMN     "tested_at" TIMESTAMPTZ(3);
