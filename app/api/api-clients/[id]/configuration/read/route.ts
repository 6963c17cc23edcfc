import { readApiConfiguration } from '@/contracts/api-configuration'
import { readApiConfiguration as read } from '@/server/api-configuration/read-api-configuration'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(readApiConfiguration, ({ params, actor }) => read(actor, params.id))
