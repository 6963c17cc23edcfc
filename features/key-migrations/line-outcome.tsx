'use client'

import { CircleCheck, CircleHelp, Clock, CornerDownRight, Send, SkipForward } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import type { Tone } from '@/components/ui/tone'
import { isErrorCode } from '@/contracts/errors'
import { KEY_LINE_REASONS, type KeyLine, type KeyLineReason, type KeyMigration } from '@/contracts/key-migrations'
import { pages } from '@/contracts/paths'
import { ConnectLinkDialog } from '../links/connect-link-dialog'
import { TextLink } from '../machine-keys/text-link'

const TONES = {
  pending: 'neutral', sent: 'accent', received: 'accent', stored: 'accent', verified: 'success', failed: 'danger', ambiguous: 'warning',
  skipped: 'neutral',
} as const satisfies Record<KeyLine['state'], Tone>
const ICONS = { pending: Clock, sent: Send, verified: CircleCheck, ambiguous: CircleHelp, skipped: SkipForward } as const

type LineOutcomeProps = { line: KeyLine; apiClient: KeyMigration['apiClient']; now: string }

/** What a line has come to, why, and what to do next. */
export function LineOutcome({ line, apiClient, now }: LineOutcomeProps) {
  const t = useTranslations('keyMigrations')
  const Icon = line.state in ICONS ? ICONS[line.state as keyof typeof ICONS] : null
  return (
    <>
      <StatusPill tone={TONES[line.state]} icon={Icon && <Icon aria-hidden />}>
        {t(`lineState.${line.state}`)}
      </StatusPill>
      <Reason reason={line.reason} />
      {line.nextTryAt !== null && (
        <p className="mt-0.5 text-[0.8125rem] text-muted">
          {t('detail.nextTry')} <RelativeTime at={line.nextTryAt} now={now} />
        </p>
      )}
      <NextAction line={line} apiClient={apiClient} now={now} />
    </>
  )
}

function Reason({ reason }: Pick<KeyLine, 'reason'>) {
  const t = useTranslations('keyMigrations')
  const errors = useTranslations('errors')
  if (reason === null) return null
  const text = isOwn(reason) ? t(`reason.${reason}`) : isErrorCode(reason) ? errors(`${reason}.what`) : reason
  return <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted">{text}</p>
}

function NextAction({ line: { nextAction, connectionId, migratedBy, propertyId }, apiClient, now }: LineOutcomeProps) {
  const t = useTranslations('keyMigrations')
  if (nextAction === 'none' || nextAction === 'wait') {
    return migratedBy === null ? null : <Next><TextLink href={pages.keyMigration(migratedBy)}>{t('detail.openMigration')}</TextLink></Next>
  }
  if (nextAction === 'reconnect' && connectionId === null) {
    return (
      <Next>
        <ConnectLinkDialog
          apiClients={[apiClient]}
          propertyId={propertyId}
          now={now}
          trigger={
            <Button variant="link" className="text-[0.8125rem] whitespace-normal">
              {t('next.reconnect')}
            </Button>
          }
        />
      </Next>
    )
  }
  const connection = connectionId && pages.connection(connectionId)
  const href = { open_connection: connection, reconnect: connection, check_api_client: pages.apiClient(apiClient.id) }
  const way = nextAction in href ? href[nextAction as keyof typeof href] : null
  return <Next>{way === null ? t(`next.${nextAction}`) : <TextLink href={way}>{t(`next.${nextAction}`)}</TextLink>}</Next>
}

function Next({ children }: { children: ReactNode }) {
  return (
    <p className="mt-0.5 flex items-start gap-1 text-[0.8125rem]">
      <CornerDownRight aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted" />
      <span>{children}</span>
    </p>
  )
}

function isOwn(reason: string): reason is KeyLineReason {
  return (KEY_LINE_REASONS as readonly string[]).includes(reason)
}
