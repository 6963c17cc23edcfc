'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { listOldKeys, type OldKeyState } from '@/contracts/old-keys'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { EraseOldKeysDialog, RetireOldKeysDialog } from './old-keys-dialogs'

const AT_ONCE = 1_000

type OldKeysToolbarProps = {
  state: OldKeyState | undefined
  counts: Readonly<Record<OldKeyState, number>>
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
}

/** How many keys are selected, and what can be done about them. Erased ones are never among them. */
export function OldKeysToolbar({ state, counts, selected, onSelect }: OldKeysToolbarProps) {
  const t = useTranslations('keyMigrations.oldKeys')
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const selectable = state === undefined ? counts.kept + counts.retired : state === 'erased' ? 0 : counts[state]
  const selectAll = async () => {
    setIsBusy(true)
    setError(null)
    try {
      onSelect(new Set(await readIds(state)))
    } catch (caught) {
      setError(caught)
    } finally {
      setIsBusy(false)
    }
  }
  const ids = [...selected]
  const done = () => onSelect(new Set())
  return (
    <div className="flex flex-wrap items-center gap-2 border-t px-4 py-3 sm:px-5">
      <output className="mr-auto text-[0.8125rem] text-muted tabular-nums">
        {t('selected', { count: ids.length })}
      </output>
      {ids.length > 0 ? (
        <Button variant="ghost" onClick={done}>
          {t('clear')}
        </Button>
      ) : (
        selectable > 0 && (
          <Button loading={isBusy} onClick={() => void selectAll()}>
            {t('selectAll', { count: selectable })}
          </Button>
        )
      )}
      {ids.length > 0 && (
        <>
          <RetireOldKeysDialog ids={ids} onDone={done} />
          <EraseOldKeysDialog ids={ids} onDone={done} />
        </>
      )}
      {error !== null && <ProblemAlert error={error} className="w-full" />}
    </div>
  )
}

async function readIds(state: OldKeyState | undefined): Promise<string[]> {
  const ids: string[] = []
  for (let offset = 0; ; offset += AT_ONCE) {
    const { items, total } = await callEndpoint(listOldKeys, { query: { ...(state ? { state } : {}), offset, limit: AT_ONCE } })
    ids.push(...items.flatMap((item) => (item.state === 'erased' ? [] : [item.id])))
    if (offset + AT_ONCE >= total) return ids
  }
}
