'use client'

import { CircleCheck, CircleDashed, CircleMinus, CirclePlus, Equal, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import { showInvisible } from '@/lib/text/show-invisible'
import type { LineMark, UriLine } from './uri-lines'

const LOOKS = {
  add: { Icon: CirclePlus, tone: 'success' },
  keep: { Icon: Equal, tone: 'neutral' },
  foreign: { Icon: CircleCheck, tone: 'warning' },
  drop: { Icon: CircleMinus, tone: 'danger' },
  unread: { Icon: CircleDashed, tone: 'neutral' },
} as const satisfies Record<LineMark, { Icon: LucideIcon; tone: Tone }>

export type LineActs = {
  onDrop: (uri: string) => void
  onKeep: (uri: string) => void
  onWant: (uri: string) => void
  onUnwant: (wantedId: string) => void
  busy: boolean
}

export type UriLineItemProps = { line: UriLine; isRead: boolean; acts: LineActs | null }

/** One address: wanted on the left, live on the right, what becomes of it between, and what is worth knowing below. */
export function UriLineItem({ line, isRead, acts }: UriLineItemProps) {
  const t = useTranslations('redirectUris.editor')
  const { Icon, tone } = LOOKS[line.mark]
  return (
    <li data-mark={line.mark} className="flex flex-col gap-2 px-4 py-3 sm:px-5">
      <div className="grid gap-x-3 gap-y-1 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] md:items-center">
        <Side label={t('wanted')} uri={line.wanted ? line.uri : null} absent={t('absent')} />
        <span className={cn('flex items-center gap-1.5 text-[0.8125rem] font-medium md:w-44 md:flex-col md:gap-0.5 md:text-center', TONE_TEXT[tone])}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {t(`mark.${line.mark}`)}
        </span>
        <Side label={t('live')} uri={line.isLive ? line.uri : null} absent={t(isRead ? 'absent' : 'unread')} isStruck={line.mark === 'drop'} />
      </div>
      <Facts line={line} />
      {acts !== null && <Actions line={line} acts={acts} />}
    </li>
  )
}

type SideProps = { label: string; uri: string | null; absent: string; isStruck?: boolean | undefined }

function Side({ label, uri, absent, isStruck = false }: SideProps) {
  return (
    <p className="min-w-0 text-[0.8125rem]">
      <span className="text-muted md:sr-only">{label}: </span>
      {uri === null ? (
        <span className="text-muted">{absent}</span>
      ) : (
        <code className={cn('font-mono wrap-anywhere', isStruck && 'text-danger-text line-through')}>{showInvisible(uri, MOST_CHARACTERS)}</code>
      )}
    </p>
  )
}

const MOST_CHARACTERS = 2_048

function Facts({ line }: { line: UriLine }) {
  const t = useTranslations('redirectUris.editor')
  const findings = useTranslations('apiClients.redirect.findings')
  return (
    <div className="flex flex-col gap-1 text-[0.8125rem] text-muted">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {line.isInUse && <Badge tone="accent">{t('inUse')}</Badge>}
        {line.isOurs && <Badge>{t('ours')}</Badge>}
        <span>{t('connects', { count: line.connects })}</span>
        {line.wanted?.note && <span className="wrap-anywhere">{t('note', { note: line.wanted.note })}</span>}
      </p>
      {line.findings.map((code) => (
        <Warning key={code}>{findings(code)}</Warning>
      ))}
      {line.lookAlike !== null && <Warning>{t('lookAlike', { uri: showInvisible(line.lookAlike.uri), difference: line.lookAlike.difference })}</Warning>}
    </div>
  )
}

function Warning({ children }: { children: ReactNode }) {
  return <p className="wrap-anywhere text-warning-text">{children}</p>
}

function Actions({ line, acts }: { line: UriLine; acts: LineActs }) {
  const t = useTranslations('redirectUris.editor')
  const { uri, wanted } = line
  const button = (action: 'drop' | 'keep' | 'want' | 'unwant', onClick: () => void) => (
    <Button size="sm" variant="ghost" disabled={acts.busy} aria-label={t('nameOf', { action: t(action), uri })} onClick={onClick}>
      {t(action)}
    </Button>
  )
  return (
    <div className="-mx-2.5 flex flex-wrap gap-1">
      {line.isLive && line.mark !== 'drop' && button('drop', () => acts.onDrop(uri))}
      {line.mark === 'drop' && button('keep', () => acts.onKeep(uri))}
      {wanted === null && line.mark === 'foreign' && button('want', () => acts.onWant(uri))}
      {wanted !== null && button('unwant', () => acts.onUnwant(wanted.id))}
    </div>
  )
}
