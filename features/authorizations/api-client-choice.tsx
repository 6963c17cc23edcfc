'use client'

import { useTranslations } from 'use-intl'
import { EnvironmentBadge } from '@/components/environment-badge'
import { Card, CardContent } from '@/components/ui/card'
import { RadioGroup } from '@/components/ui/radio-group'
import type { ConnectChoice } from './connect-choice'

type ApiClientChoiceProps = { choices: readonly ConnectChoice[]; value: string | null; onChange: (id: string) => void }

/** Which API client asks for the consent. */
export function ApiClientChoice({ choices, value, onChange }: ApiClientChoiceProps) {
  const t = useTranslations('authorizations')
  return (
    <Card>
      <CardContent className="pt-4 sm:pt-5">
        <RadioGroup
          legend={t('connect.chooseLegend')}
          name="apiClient"
          variant="cards"
          value={value ?? ''}
          onValueChange={onChange}
          options={choices.map(({ id, name, clientId, environment, upstream }) => ({
            value: id,
            label: (
              <span className="flex flex-wrap items-center gap-2">
                {name}
                <EnvironmentBadge kind={environment === 'PRODUCTION' ? 'live' : 'test'}>
                  {t(`environment.${environment}`)}
                </EnvironmentBadge>
              </span>
            ),
            hint: <span className="wrap-anywhere">{t('connect.clientHint', { upstream: upstream.label, clientId })}</span>,
          }))}
        />
      </CardContent>
    </Card>
  )
}
