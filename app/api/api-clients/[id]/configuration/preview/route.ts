import { previewApiConfiguration } from '@/contracts/api-configuration'
import { previewApiConfiguration as preview } from '@/server/api-configuration/preview-api-configuration'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(previewApiConfiguration, ({ params, body, actor }) => preview(actor.viewer, params.id, body.change))
