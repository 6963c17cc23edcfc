import { listImports, startImport } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import { getImport } from '@/server/imports/get-import'
import { personActor } from '@/server/imports/import-actor'
import * as list from '@/server/imports/list-imports'
import * as start from '@/server/imports/start-import'

export const GET = defineHandler(listImports, ({ actor }) => list.listImports(actor.viewer))

export const POST = defineHandler(startImport, async ({ actor, body }) => {
  const who = personActor(actor)
  return getImport(who, await start.startImport(who, body))
})
