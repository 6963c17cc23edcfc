import { settleStep } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { settleStep as settle } from '@/server/incidents/settle-step'

export const POST = defineHandler(settleStep, ({ actor, params, body }) => settle(actor, params.id, { step: params.step, ...body }))
