-- DropIndex
DROP INDEX "import_lines_import_id_state_idx";

-- AlterTable
ALTER TABLE "authorizations" ADD COLUMN     "code_digest" TEXT,
ADD COLUMN     "machine_key_id" UUID,
ALTER COLUMN "user_id" DROP NOT NULL,
ALTER COLUMN "session_id" DROP NOT NULL,
ALTER COLUMN "state_digest" DROP NOT NULL,
ALTER COLUMN "browser_digest" DROP NOT NULL;

-- AlterTable
ALTER TABLE "import_lines" ADD COLUMN     "claimed_by" TEXT,
ADD COLUMN     "next_try_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "refresh_fingerprint" TEXT NOT NULL,
ALTER COLUMN "connection_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "job_runners" (
    "worker_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_runners_pkey" PRIMARY KEY ("worker_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "authorizations_code_digest_key" ON "authorizations"("code_digest");

-- CreateIndex
CREATE INDEX "import_lines_import_id_state_next_try_at_idx" ON "import_lines"("import_id", "state", "next_try_at");

-- Either a person walked with a browser, or a machine key relayed a code.
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_who_check" CHECK (
  ("user_id" IS NOT NULL AND "session_id" IS NOT NULL AND "state_digest" IS NOT NULL AND "browser_digest" IS NOT NULL)
  OR ("machine_key_id" IS NOT NULL AND "code_digest" IS NOT NULL)
);
