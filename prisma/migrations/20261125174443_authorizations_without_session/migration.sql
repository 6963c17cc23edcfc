-- Nothing reads it: a flow is bound to its browser by a cookie of its own, and to the person, who may sign in again meanwhile.
-- The check goes with the column, and comes back without it.
-- AlterTable
ALTER TABLE "authorizations" DROP COLUMN "session_id";

ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_who_check" CHECK (
  ("user_id" IS NOT NULL AND "state_digest" IS NOT NULL AND "browser_digest" IS NOT NULL)
  OR ("machine_key_id" IS NOT NULL AND "code_digest" IS NOT NULL)
);
