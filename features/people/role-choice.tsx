'use client'

import { useTranslations } from 'use-intl'
import { RadioGroup } from '@/components/ui/radio-group'
import { ROLES, type Role } from '@/contracts/permissions'

/** The four roles, each with what it may do. */
export function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const t = useTranslations('people')
  const roles = useTranslations('shell.roles')
  return (
    <RadioGroup
      legend={t('invite.role')}
      name="role"
      variant="cards"
      value={value}
      onValueChange={(chosen) => onChange(ROLES.find((role) => role === chosen) ?? 'viewer')}
      options={ROLES.map((role) => ({ value: role, label: roles(role), hint: t(`roleHints.${role}`) }))}
    />
  )
}
