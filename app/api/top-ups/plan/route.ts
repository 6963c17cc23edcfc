import { planTopUp } from '@/contracts/top-ups'
import { defineHandler } from '@/server/http/define-handler'
import { planTopUp as plan } from '@/server/top-ups/plan-top-up'

export const GET = defineHandler(planTopUp, ({ actor, query }) => plan(actor.viewer, query.apiClient ?? null))
