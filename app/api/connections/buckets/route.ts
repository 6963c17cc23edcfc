import { countBuckets } from '@/contracts/connections'
import { countBuckets as count } from '@/server/connections/count-buckets'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(countBuckets, ({ actor }) => count(actor.viewer))
