'use client'

import { Snowflake } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { Freeze } from '@/contracts/freezes'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { FreezeBanner } from './freeze-banners'

type OverviewFreezesProps = { freezes: readonly Freeze[]; now: string; role: Role }

/** Freezes that are told one by one on the overview. */
const SHOWN = 3

/** What stands frozen, the widest first, each with the way to it. */
export function OverviewFreezes({ freezes, now, role }: OverviewFreezesProps) {
  const t = useTranslations('freezes')
  const more = freezes.length - SHOWN
  return (
    <>
      {freezes.slice(0, SHOWN).map((freeze) => (
        <FreezeBanner key={freeze.id} freeze={freeze} now={now} action={<Way freeze={freeze} role={role} />} />
      ))}
      {more > 0 && <Alert tone="danger" icon={<Snowflake />} title={t('more', { count: more })} />}
    </>
  )
}

function Way({ freeze: { target }, role }: { freeze: Freeze; role: Role }) {
  const t = useTranslations('freezes.banner')
  if (target.kind === 'organization') return roleMay(role, 'incidents:run') ? <ButtonLink href={pages.breach()}>{t('toIncident')}</ButtonLink> : undefined
  if (target.kind === 'api_client') return roleMay(role, 'api-clients:read') ? <ButtonLink href={pages.apiClient(target.id)}>{t('open')}</ButtonLink> : undefined
  return <ButtonLink href={pages.connection(target.id)}>{t('open')}</ButtonLink>
}
