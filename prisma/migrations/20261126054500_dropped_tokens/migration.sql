-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "access_dropped_at" TIMESTAMPTZ(3),
ADD COLUMN     "access_dropped_fence" INTEGER;

-- AlterTable
ALTER TABLE "incident_steps" ADD COLUMN     "touched" INTEGER;
