'use client'

import { useTranslations } from 'use-intl'
import { SectionNav } from '@/components/section-nav'
import { pages } from '@/contracts/paths'
import { roleMay, type Permission, type Role } from '@/contracts/permissions'

/** Links between the pages under Settings; what a role may not see is absent. */
export function SettingsNav({ role }: { role: Role }) {
  const t = useTranslations('shell.settings')
  const all: readonly { href: string; label: string; permission: Permission }[] = [
    { href: pages.sessions(), label: t('sessions'), permission: 'sessions:own' },
    { href: pages.twoFactor(), label: t('twoFactor'), permission: 'account:own' },
    { href: pages.people(), label: t('people'), permission: 'people:manage' },
    { href: pages.organization(), label: t('organization'), permission: 'organization:manage' },
    { href: pages.alerts(), label: t('alerts'), permission: 'alerts:read' },
    { href: pages.webhooks(), label: t('webhooks'), permission: 'webhooks:manage' },
    { href: pages.mail(), label: t('mail'), permission: 'mail:manage' },
    { href: pages.breach(), label: t('breach'), permission: 'incidents:run' },
    { href: pages.network(), label: t('network'), permission: 'ip-whitelists:manage' },
    { href: pages.doctor(), label: t('doctor'), permission: 'doctor:read' },
  ]
  return <SectionNav label={t('label')} items={all.filter((item) => roleMay(role, item.permission))} />
}
