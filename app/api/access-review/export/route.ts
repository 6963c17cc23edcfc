import { exportAccessReview } from '@/contracts/access-review'
import { exportAccessReview as run } from '@/server/access-review/export-access-review'
import { defineDownload } from '@/server/http/define-handler'

export const GET = defineDownload(exportAccessReview, ({ actor }) => run(actor))
