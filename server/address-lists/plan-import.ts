import type { z } from 'zod'
import type { ImportPreview, importPreviewInput } from '@/contracts/address-lists'
import { findFindings } from '@/lib/net/find-findings'
import { AppError } from '../http/app-error'
import type { Change } from './change-list'
import { blocksOf, type EntryDraft } from './entry-draft'
import { toFinding } from './to-dto'
import type { ListActor } from './list-actor'
import { readImport, type ImportLine } from './read-import'

type Wish = z.output<typeof importPreviewInput>

interface Plan {
  readonly lines: ImportPreview['lines']
  readonly diff: ImportPreview['diff']
  readonly wrongCount: number
  /** The list as it would be. */
  readonly after: readonly EntryDraft[]
}

/** What an import does to a list: shown by the preview and done by the import, so that the two are the same. */
export function planImport(before: readonly EntryDraft[], wish: Wish, { name, now }: Pick<ListActor, 'name'> & { readonly now: Date }): Plan {
  const read = readImport(wish.format, wish.text, now)
  const known = new Map(before.map((entry) => [entry.block, entry]))
  const first = new Map<string, ImportLine>()
  for (const line of read) if (line.block !== null && line.mistake === null && !first.has(line.block)) first.set(line.block, line)
  const imported = [...first.entries()].map(([block, line]): EntryDraft => {
    const old = known.get(block)
    return {
      id: old?.id ?? null, block, comment: line.comment ?? old?.comment ?? wish.comment, owner: line.owner ?? old?.owner ?? wish.owner ?? name,
      expiresAt: line.expiresAt === undefined ? (old?.expiresAt ?? null) : line.expiresAt,
    }
  })
  const byBlock = new Map(imported.map((entry) => [entry.block, entry]))
  const after = wish.mode === 'replace' ? imported : [...before.map((entry) => byBlock.get(entry.block) ?? entry), ...imported.filter(({ id }) => id === null)]
  const places = new Map(after.map(({ block }, place) => [block, place]))
  const findings = findFindings(blocksOf(after))
  const kept = new Set(after.map(({ block }) => block))
  return {
    after,
    wrongCount: read.filter(({ mistake }) => mistake !== null).length,
    diff: {
      added: after.filter(({ id }) => id === null).map(({ block }) => block),
      removed: before.filter(({ block }) => !kept.has(block)).map(({ block }) => block),
      kept: before.filter(({ block }) => kept.has(block)).map(({ block }) => block),
    },
    lines: read.map((line) => {
      const { block, mistake } = line
      const entry = block === null ? undefined : byBlock.get(block)
      const isFirst = block !== null && first.get(block) === line
      return {
        line: line.line, text: line.text, block, comment: line.comment ?? entry?.comment ?? null,
        code: mistake?.code ?? null, position: mistake?.position ?? null, sentence: mistake?.sentence ?? null, suggestions: [...(mistake?.suggestions ?? [])],
        outcome: mistake ? 'wrong' : !isFirst ? 'duplicate' : known.has(block) ? 'same' : 'added',
        findings: (block === null || mistake ? [] : (findings[places.get(block) ?? -1] ?? [])).map(toFinding),
      }
    }),
  }
}

/** @throws AppError `invalid_input` naming the first wrong lines: a list is never made of what was left over */
export function importing(wish: Wish, who: Pick<ListActor, 'name'>): Change['edit'] {
  return (entries, now) => {
    const { after, lines, wrongCount } = planImport(entries, wish, { name: who.name, now })
    if (wrongCount === 0) return after
    const wrong = lines.filter(({ outcome }) => outcome === 'wrong').slice(0, 20)
    throw new AppError('invalid_input', { issues: wrong.map(({ line, sentence }) => ({ path: `text.${line}`, message: sentence ?? '' })) })
  }
}
