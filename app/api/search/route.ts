import { search } from '@/contracts/search'
import { defineHandler } from '@/server/http/define-handler'
import { searchEverything } from '@/server/search/search-everything'

export const GET = defineHandler(search, ({ query, actor }) => searchEverything(actor.viewer, query.q))
