'use client'

import { Clock, CopyX, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { ImportLineDto } from '@/contracts/imports'
import { pages } from '@/contracts/paths'
import { useLineText } from './use-line-text'

const TONES = {
  pending: 'neutral', stored: 'success', duplicate: 'neutral', refused: 'danger', failed: 'danger', handed_back: 'info',
} as const satisfies Record<ImportLineDto['state'], Tone>
const ICONS = { pending: Clock, duplicate: CopyX, handed_back: Undo2 } as const

/** What a line has come to, why, and when it is tried again. */
export function LineOutcome({ line, now }: { line: ImportLineDto; now: string }) {
  const t = useTranslations('imports')
  const { reason } = useLineText()(line)
  const Icon = line.state in ICONS ? ICONS[line.state as keyof typeof ICONS] : null
  const isWarning = line.state === 'stored' && line.reason !== null
  const pill = (
    <StatusPill tone={isWarning ? 'warning' : TONES[line.state]} icon={Icon && <Icon aria-hidden />}>
      {t(`lineState.${line.state}`)}
    </StatusPill>
  )
  return (
    <>
      {line.connectionId === null ? (
        pill
      ) : (
        <Link href={pages.connection(line.connectionId)} title={t('detail.open')} className="inline-flex rounded-full">
          {pill}
        </Link>
      )}
      {reason !== '' && <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted">{reason}</p>}
      {line.nextTryAt !== null && (
        <p className="mt-0.5 text-[0.8125rem] text-muted">
          {t('detail.nextTry')} <RelativeTime at={line.nextTryAt} now={now} />
        </p>
      )}
    </>
  )
}
