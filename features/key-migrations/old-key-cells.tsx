import { Archive, Eraser, KeyRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import type { OldKey } from '@/contracts/old-keys'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { TextLink } from '../machine-keys/text-link'

export function AboutProperty({ propertyId, name }: { propertyId: string; name: string | null | undefined }) {
  return (
    <>
      <p className="truncate font-medium">{propertyId}</p>
      {name !== null && name !== undefined && <p className="truncate text-muted">{showInvisible(name)}</p>}
    </>
  )
}

/** The last four characters only, as everywhere; nothing of a key too short for that. */
export function OldKeyTail({ last4 }: { last4: string }) {
  const t = useTranslations('keyMigrations.detail')
  return last4 === '' ? null : <p className="font-mono text-[0.8125rem] text-muted">{t('keyEnd', { last4 })}</p>
}

const LOOKS = {
  kept: { tone: 'info', Icon: KeyRound }, retired: { tone: 'neutral', Icon: Archive }, erased: { tone: 'neutral', Icon: Eraser },
} as const

/** Whether a key is kept, and whether a verified token has replaced it. */
export function OldKeyStateCell({ oldKey, now }: { oldKey: OldKey; now: string }) {
  const t = useTranslations('keyMigrations.oldKeys')
  const { state, migratedAt, retiredAt, erasedAt, migrationId } = oldKey
  const { tone, Icon } = LOOKS[state]
  const changedAt = state === 'erased' ? erasedAt : state === 'retired' ? retiredAt : null
  return (
    <>
      <StatusPill tone={tone} icon={<Icon aria-hidden />}>
        {t(`states.${state}`)}
      </StatusPill>
      <p className="mt-0.5 text-[0.8125rem] text-muted">
        {changedAt !== null && (
          <>
            {t(state === 'erased' ? 'erased' : 'retired')} <RelativeTime at={changedAt} now={now} />
            {' · '}
          </>
        )}
        {migratedAt === null ? (
          t('notMigrated')
        ) : (
          <>
            {t('migrated')} <RelativeTime at={migratedAt} now={now} />
          </>
        )}
        {' · '}
        <TextLink href={pages.keyMigration(migrationId)}>{t('openMigration')}</TextLink>
      </p>
    </>
  )
}
