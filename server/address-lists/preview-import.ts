import 'server-only'
import type { z } from 'zod'
import type { ImportPreview, importPreviewInput } from '@/contracts/address-lists'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { inUse } from './change-list'
import { toDraft } from './entry-draft'
import { findNeeds } from './find-needs'
import type { ListActor } from './list-actor'
import type { ListHolder } from './list-holder'
import { planImport } from './plan-import'
import { readList } from './read-list'

/** What an import would do to the list as it is now, line by line, and what it would have to confirm. */
export async function previewImport(who: ListActor, holder: ListHolder, wish: z.output<typeof importPreviewInput>): Promise<ImportPreview> {
  const list = await readList(who.organizationId, holder)
  const before = (list?.entries ?? []).map(toDraft)
  const { lines, diff, wrongCount, after } = planImport(before, wish, { name: who.name, now: getRuntime().clock() })
  const mode = list?.mode ?? 'off'
  const { lockOut, empty, wide } = findNeeds({ mode, entries: before }, { mode, entries: after }, await inUse(db(), who, { ...holder, mode }))
  return { revision: list?.revision ?? 0, lines, diff, wrongCount, needs: { lockOut: [...lockOut], empty, wide: [...wide] } }
}
