-- AlterTable
ALTER TABLE "api_clients" ADD COLUMN     "strategy" TEXT;
