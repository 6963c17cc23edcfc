import { changeApiConfiguration } from '@/contracts/api-configuration'
import { changeApiConfiguration as change } from '@/server/api-configuration/change-api-configuration'
import { defineHandler } from '@/server/http/define-handler'

export const PATCH = defineHandler(changeApiConfiguration, ({ params, body, actor }) => change(actor, params.id, body))
