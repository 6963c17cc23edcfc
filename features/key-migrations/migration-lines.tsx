'use client'

import { useTranslations } from 'use-intl'
import { KEY_LINE_STATES, type KeyLine, type KeyMigration } from '@/contracts/key-migrations'
import { LinesCard } from '../lines-card'
import { LineOutcome } from './line-outcome'
import { AboutProperty, OldKeyTail } from './old-key-cells'
import { isMoving, keyMigrationQueries, ROWS_PER_PAGE } from './queries'

/** Every line of a migration with what became of it. */
export function MigrationLines({ detail, now }: { detail: KeyMigration; now: string }) {
  const t = useTranslations('keyMigrations')
  const moving = isMoving(detail)
  return (
    <LinesCard
      texts={{
        title: t('detail.lines'), show: t('detail.show'), all: t('detail.all'), none: t('detail.none'), state: (state) => t(`lineState.${state}`),
      }}
      states={KEY_LINE_STATES}
      total={detail.total}
      counts={detail.counts}
      isMoving={moving}
      perPage={ROWS_PER_PAGE}
      query={(state, page) => keyMigrationQueries.lines(detail.id, { state, page, isMoving: moving })}
      queryKey={keyMigrationQueries.allLines(detail.id)}
      head={[t('detail.line'), t('detail.property'), t('detail.key'), t('detail.outcome')]}
      cells={(line) => [
        line.number,
        <AboutProperty key="about" propertyId={line.propertyId} name={line.name} />,
        <OldKey key="key" line={line} />,
        <LineOutcome key="outcome" line={line} apiClient={detail.apiClient} now={now} />,
      ]}
    />
  )
}

function OldKey({ line: { keyLast4, oldKeyState } }: { line: KeyLine }) {
  const t = useTranslations('keyMigrations')
  return (
    <div className="text-[0.8125rem] text-muted">
      <OldKeyTail last4={keyLast4} />
      <p className="truncate">{t(`oldKeyState.${oldKeyState}`)}</p>
    </div>
  )
}
