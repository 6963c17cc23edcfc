-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "refresh_paused_at" TIMESTAMPTZ(3);
