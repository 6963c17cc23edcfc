import { completeSetUp } from '@/contracts/set-up'
import { definePublicHandler } from '@/server/http/define-handler'
import { completeSetUp as complete } from '@/server/set-up/complete-set-up'

export const POST = definePublicHandler(completeSetUp, ({ body, context }) => complete(body, context))
