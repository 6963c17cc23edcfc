import { listTopUps, startTopUp } from '@/contracts/top-ups'
import { defineHandler } from '@/server/http/define-handler'
import { listTopUps as list } from '@/server/top-ups/list-top-ups'
import { startTopUp as start } from '@/server/top-ups/start-top-up'

export const GET = defineHandler(listTopUps, ({ actor }) => list(actor.viewer))
export const POST = defineHandler(startTopUp, ({ actor, body }) => start(actor, body.apiClientId ?? null))
