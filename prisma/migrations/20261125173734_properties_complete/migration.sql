-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "properties_complete" BOOLEAN NOT NULL DEFAULT true;
