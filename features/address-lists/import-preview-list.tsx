'use client'

import { CircleAlert, CirclePlus, CopyX, Equal, type LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { ImportPreview } from '@/contracts/address-lists'
import { showInvisible } from '@/lib/text/show-invisible'
import { VirtualRows } from '@/components/virtual-rows'
import { BlockDifference } from './block-difference'

type PreviewLine = ImportPreview['lines'][number]

const LOOKS = {
  added: { Icon: CirclePlus, tone: 'success' },
  same: { Icon: Equal, tone: 'neutral' },
  duplicate: { Icon: CopyX, tone: 'neutral' },
  wrong: { Icon: CircleAlert, tone: 'danger' },
} as const satisfies Record<PreviewLine['outcome'], { Icon: LucideIcon; tone: Tone }>

/** What an import would do: to each line, and to the list. */
export function ImportPreviewList({ preview: { lines, diff, wrongCount } }: { preview: ImportPreview }) {
  const t = useTranslations('addressLists.import')
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'start' })
  }, [])
  const findings = lines.filter(({ outcome, findings: found }) => outcome === 'added' && found.length > 0).length
  const summary = t('summary', { added: diff.added.length, removed: diff.removed.length, kept: diff.kept.length, wrong: wrongCount, findings })
  return (
    <section ref={section} aria-label={t('preview')} className="flex flex-col gap-3">
      <p className={wrongCount > 0 ? 'font-medium text-danger-text' : 'font-medium'}>{summary}</p>
      {wrongCount > 0 && <p className="text-[0.8125rem] text-muted">{t('allOrNothing')}</p>}
      <BlockDifference added={diff.added} removed={diff.removed} />
      <div className="overflow-hidden rounded-lg border">
        <VirtualRows
          label={t('lines')}
          head={[t('line'), t('entry'), t('comment'), t('outcome')]}
          count={lines.length}
          rowKey={(index) => index}
          row={(index) => {
            const line = lines[index]
            return line && [line.line, <Entry key="entry" line={line} />, <span key="comment" className="wrap-anywhere">{showInvisible(line.comment ?? '')}</span>, <Outcome key="outcome" line={line} />]
          }}
        />
      </div>
      <LiveRegion message={summary} />
    </section>
  )
}

function Entry({ line: { text, block } }: { line: PreviewLine }) {
  return (
    <span className="flex flex-col">
      <code className="font-mono text-[0.8125rem] wrap-anywhere">{showInvisible(text, 80)}</code>
      {block !== null && block !== text && <code className="font-mono text-[0.8125rem] text-muted">{block}</code>}
    </span>
  )
}

function Outcome({ line: { outcome, sentence, suggestions, findings } }: { line: PreviewLine }) {
  const t = useTranslations('addressLists.import')
  const { Icon, tone } = LOOKS[outcome]
  return (
    <>
      <StatusPill tone={tone} icon={<Icon aria-hidden />}>
        {t(`outcomes.${outcome}`)}
      </StatusPill>
      {sentence !== null && (
        <p className="mt-0.5 text-[0.8125rem] text-muted">
          {sentence}
          {suggestions.length > 0 && !suggestions.every((each) => sentence.includes(each)) && ` ${t('meant', { suggestions: suggestions.join(', ') })}`}
        </p>
      )}
      {outcome !== 'wrong' && findings.length > 0 && (
        <p className="mt-0.5 text-[0.8125rem] text-warning-text">{findings.map(({ code }) => t(`finding.${code}`)).join(', ')}</p>
      )}
    </>
  )
}
