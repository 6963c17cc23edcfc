'use client'

import { useTranslations } from 'use-intl'
import { IMPORT_LINE_STATES, type ImportDetail, type ImportLineDto } from '@/contracts/imports'
import { showInvisible } from '@/lib/text/show-invisible'
import { LinesCard } from '../lines-card'
import { LineOutcome } from './line-outcome'
import { importQueries, isMoving, LINES_PER_PAGE } from './queries'

/** Every line of an import with what became of it. */
export function ImportLines({ detail, now }: { detail: ImportDetail; now: string }) {
  const t = useTranslations('imports')
  const moving = isMoving(detail)
  return (
    <LinesCard
      texts={{
        title: t('detail.lines'), show: t('detail.show'), all: t('detail.all'), none: t('detail.none'), state: (state) => t(`lineState.${state}`),
      }}
      states={IMPORT_LINE_STATES}
      total={detail.total}
      counts={detail.counts}
      isMoving={moving}
      perPage={LINES_PER_PAGE}
      query={(state, page) => importQueries.lines(detail.id, { state, page, isMoving: moving })}
      queryKey={importQueries.allLines(detail.id)}
      head={[t('detail.line'), t('detail.property'), t('detail.token'), t('detail.outcome')]}
      cells={(line) => [
        line.number, <About key="about" line={line} />, <Tail key="tail" line={line} />, <LineOutcome key="outcome" line={line} now={now} />,
      ]}
    />
  )
}

function About({ line }: { line: ImportLineDto }) {
  const t = useTranslations('imports.detail')
  return (
    <>
      <p className="truncate font-medium">{line.propertyId ?? <span className="text-muted">{t('noProperty')}</span>}</p>
      {line.name !== null && <p className="truncate text-muted">{showInvisible(line.name)}</p>}
    </>
  )
}

function Tail({ line }: { line: ImportLineDto }) {
  const t = useTranslations('imports.detail')
  if (line.tokenLast4 === '') return null
  return <span className="font-mono text-[0.8125rem] text-muted">{t('tokenEnd', { last4: line.tokenLast4 })}</span>
}
