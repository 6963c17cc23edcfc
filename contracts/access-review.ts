import { defineRead } from './define-endpoint'
import { z } from './zod'

/** Who and what has access, as CSV: a line for each person and each machine key. */
export const exportAccessReview = defineRead({
  path: '/api/access-review/export',
  output: z.string(),
  permission: 'people:manage',
  audit: 'access_review.exported',
})
