import { choosePropertiesOfConnection } from '@/contracts/connections'
import { chooseProperties } from '@/server/connections/choose-properties'
import { defineHandler } from '@/server/http/define-handler'

export const PATCH = defineHandler(choosePropertiesOfConnection, ({ params, body, actor }) =>
  chooseProperties(actor, params.id, body),
)
