'use client'

import { useTranslations } from 'use-intl'
import { RadioGroup } from '@/components/ui/radio-group'
import { environmentSchema, type Environment } from '@/contracts/api-clients'
import { roleMay, type Role } from '@/contracts/permissions'

export type EnvironmentChoiceProps = {
  value: Environment
  onChange: (environment: Environment) => void
  role: Role
  /** Production already: keeping it needs no right. */
  isProduction?: boolean | undefined
}

/** Sandbox mode or production; into production only an owner may go. */
export function EnvironmentChoice({ value, onChange, role, isProduction = false }: EnvironmentChoiceProps) {
  const t = useTranslations('apiClients')
  const mayProduce = isProduction || roleMay(role, 'api-clients:production')
  return (
    <RadioGroup
      legend={t('fields.environment')}
      name="environment"
      variant="cards"
      value={value}
      onValueChange={(chosen) => onChange(environmentSchema.parse(chosen))}
      options={[
        { value: 'SANDBOX', label: t('environment.SANDBOX'), hint: t('fields.environmentSandboxHint') },
        {
          value: 'PRODUCTION',
          label: t('environment.PRODUCTION'),
          hint: t(mayProduce ? 'fields.environmentProductionHint' : 'fields.environmentOwnersOnly'),
          disabled: !mayProduce,
        },
      ]}
    />
  )
}
