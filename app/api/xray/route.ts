import { takeXray } from '@/contracts/xray'
import { defineHandler } from '@/server/http/define-handler'
import { takeXray as take } from '@/server/xray/take-xray'

export const POST = defineHandler(takeXray, ({ body, actor }) => take(actor, body))
