'use client'

import { useQuery } from '@tanstack/react-query'
import { Snowflake } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { Freeze } from '@/contracts/freezes'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { showInvisible } from '@/lib/text/show-invisible'
import { freezeQueries } from './queries'
import { standingOver, type Thing } from './standing-over'
import { ThawButton } from './thaw-button'

type FreezeBannersProps = { thing: Thing; now: string; role: Role }

/** Which freezes stand over this, why, since when, and who can lift them; nothing while there is none. */
export function FreezeBanners({ thing, now, role }: FreezeBannersProps) {
  const { data } = useQuery(freezeQueries.list())
  return standingOver(data?.items ?? [], thing).map((freeze) => (
    <FreezeBanner key={freeze.id} freeze={freeze} now={now} action={<Way freeze={freeze} thing={thing} role={role} />} />
  ))
}

/** One freeze in words. */
export function FreezeBanner({ freeze, now, action }: { freeze: Freeze; now: string; action?: React.ReactNode }) {
  const t = useTranslations('freezes')
  const { target, onlySandbox, reason, frozenBy, frozenAt } = freeze
  const kind = target.kind === 'organization' && onlySandbox ? 'drill' : target.kind
  return (
    <Alert tone="danger" icon={<Snowflake />} title={t(`banner.${kind}`, { name: target.name === null ? t('thing') : showInvisible(target.name) })} actions={action}>
      <p className="max-w-prose text-pretty">{t('banner.text')}</p>
      <p className="mt-0.5 text-[0.8125rem] wrap-anywhere text-muted">
        {t('banner.because', { reason })} · {frozenBy === null ? t('banner.somebody') : t('banner.by', { name: frozenBy })} <RelativeTime at={frozenAt} now={now} />
      </p>
    </Alert>
  )
}

/** Where it is lifted: here, on the page of what it stands on, or in its incident. */
function Way({ freeze, thing, role }: { freeze: Freeze; thing: Thing; role: Role }) {
  const t = useTranslations('freezes.banner')
  const { kind, id } = freeze.target
  if (kind === 'organization') return roleMay(role, 'incidents:run') ? <ButtonLink href={pages.breach()}>{t('toIncident')}</ButtonLink> : undefined
  if (kind === 'api_client' && thing.ids[0] !== id) return roleMay(role, 'api-clients:read') ? <ButtonLink href={pages.apiClient(id)}>{t('open')}</ButtonLink> : undefined
  return roleMay(role, 'freezes:lift') ? <ThawButton freeze={freeze} /> : undefined
}
