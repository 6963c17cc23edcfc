'use client'

import { useTranslations } from 'use-intl'
import { focusContent } from '@/components/focus-content'
import { LiveRegion } from '@/components/live-region'
import { Button } from '@/components/ui/button'
import type { ConnectionSummary } from '@/contracts/connections'
import { ReconnectManyDialog } from '../links/reconnect-many-dialog'
import { chooseRows, NONE_CHOSEN, shareChosen } from './chosen-rows'
import type { Choosing } from './use-select-column'

type SelectionBarProps = Choosing & {
  /** The page of the list that is shown. */
  rows: readonly ConnectionSummary[]
  now: string
}

/** What can be done with the chosen connections; it stays in sight below a long list. */
export function SelectionBar({ chosen, setChosen, rows, now }: SelectionBarProps) {
  const t = useTranslations('connections.selection')
  const clear = () => {
    setChosen(NONE_CHOSEN)
    focusContent()
  }
  return (
    <>
      <LiveRegion message={chosen.size === 0 ? '' : t('count', { count: chosen.size })} />
      {chosen.size > 0 && (
        <section
          aria-label={t('label')}
          className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-raised px-4 py-2.5 shadow-lg"
        >
          <p className="font-medium tabular-nums">{t('count', { count: chosen.size })}</p>
          {shareChosen(chosen, rows) !== 'all' && rows.length > 0 && (
            <Button variant="ghost" size="sm" onClick={() => setChosen(chooseRows(chosen, rows, true))}>
              {t('wholePage', { count: rows.length })}
            </Button>
          )}
          <div className="flex grow flex-wrap justify-end gap-2">
            <Button variant="ghost" size="sm" onClick={clear}>
              {t('clear')}
            </Button>
            <ReconnectManyDialog connections={[...chosen.values()]} now={now} onDone={clear} />
          </div>
        </section>
      )}
    </>
  )
}
