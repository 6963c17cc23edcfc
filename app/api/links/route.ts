import { listLinks } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { listLinks as list } from '@/server/links/list-links'

export const GET = defineHandler(listLinks, ({ actor, query }) => list(actor.viewer, query))
