import { cancelTopUp } from '@/contracts/top-ups'
import { defineHandler } from '@/server/http/define-handler'
import { cancelTopUp as cancel } from '@/server/top-ups/cancel-top-up'

export const POST = defineHandler(cancelTopUp, ({ actor, params }) => cancel(actor, params.id))
