import { createProperty, listPropertyCreations } from '@/contracts/property-creations'
import { defineHandler } from '@/server/http/define-handler'
import { createProperty as create } from '@/server/property-creations/create-property'
import { listPropertyCreations as list } from '@/server/property-creations/list-property-creations'

export const GET = defineHandler(listPropertyCreations, ({ params, actor }) => list(actor.viewer, params.id))

export const POST = defineHandler(createProperty, ({ params, body, actor }) => create(actor, params.id, body))
