import { Monitor, Smartphone } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'
import type { SessionSummary } from '@/contracts/sessions'
import { readUserAgent } from './read-user-agent'
import { useDeviceName } from './use-device-name'

/** The device in words, the whole header on hover. */
export function DeviceCell({ session }: { session: SessionSummary }) {
  const t = useTranslations('sessions')
  const nameOf = useDeviceName()
  const Icon = readUserAgent(session.userAgent).isPhone ? Smartphone : Monitor
  return (
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1" title={session.userAgent}>
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="font-medium">{nameOf(session.userAgent)}</span>
      {session.current && <Badge tone="accent">{t('current')}</Badge>}
    </span>
  )
}
