'use client'

import { CircleHelp, CircleSlash, CopyX, Hourglass, PlugZap } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import { pages } from '@/contracts/paths'
import { TextLink } from '../machine-keys/text-link'
import type { DryRunLine, DryRunVerdict } from './dry-run-lines'
import { useFaultText } from './use-fault-text'

const TONES = {
  ready: 'success', unchecked: 'neutral', duplicate: 'neutral', already_connected: 'info', already_migrated: 'info', sent_before: 'warning',
  in_other_migration: 'warning', unknown_property: 'warning', malformed: 'danger',
} as const satisfies Record<DryRunVerdict, Tone>
const ICONS = { duplicate: CopyX, malformed: CircleSlash, already_connected: PlugZap, sent_before: CircleHelp, in_other_migration: Hourglass } as const

/** One verdict, why, and where to look. */
export function DryRunVerdictCell({ line, headings }: { line: DryRunLine; headings: readonly string[] }) {
  const t = useTranslations('keyMigrations')
  const Icon = line.verdict in ICONS ? ICONS[line.verdict as keyof typeof ICONS] : null
  return (
    <>
      <StatusPill tone={TONES[line.verdict]} icon={Icon && <Icon aria-hidden />}>
        {t(`verdict.${line.verdict}`)}
      </StatusPill>
      <Why line={line} headings={headings} />
    </>
  )
}

function Why({ line, headings }: { line: DryRunLine; headings: readonly string[] }) {
  const t = useTranslations('keyMigrations')
  const textOf = useFaultText(headings)
  if ('fault' in line) return <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted first-letter:uppercase">{textOf(line.fault).atColumn}</p>
  if (!('told' in line) || line.told.verdict === 'ready') return null
  const { verdict, connectionId, migrationId } = line.told
  return (
    <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted">
      {t(`verdictText.${verdict}`)}
      {connectionId !== null && <Way href={pages.connection(connectionId)}>{t('next.open_connection')}</Way>}
      {connectionId === null && migrationId !== null && <Way href={pages.keyMigration(migrationId)}>{t('detail.openMigration')}</Way>}
    </p>
  )
}

function Way({ href, children }: { href: string; children: string }) {
  return (
    <>
      {' · '}
      <TextLink href={href}>{children}</TextLink>
    </>
  )
}
