import { changeRestrictionMode } from '@/contracts/key-restrictions'
import { defineHandler } from '@/server/http/define-handler'
import { changeMode } from '@/server/key-restrictions/change-mode'

export const POST = defineHandler(changeRestrictionMode, ({ params, body, actor }) => changeMode(actor, params.id, body))
