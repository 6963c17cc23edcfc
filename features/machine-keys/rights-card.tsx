'use client'

import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { ButtonLink } from '@/components/ui/button-link'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'

/** What a key may do, for which properties and from where. */
export function RightsCard({ machineKey: { id, scopes, properties, restriction, addresses } }: { machineKey: MachineKeyDetail }) {
  const t = useTranslations('machineKeys')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.rights')}</CardTitle>
        <CardDescription>{t('detail.rightsText')}</CardDescription>
      </CardHeader>
      <CardContent>
        <KeyValueList
          items={[
            {
              term: t('detail.scopes'),
              value: (
                <ul className="flex flex-col gap-2">
                  {scopes.map((scope) => (
                    <li key={scope}>
                      {t(`scopes.${scope}`)}
                      <span className="block text-[0.8125rem] text-muted">{t(`scopeHints.${scope}`)}</span>
                    </li>
                  ))}
                </ul>
              ),
            },
            { term: t('detail.properties'), value: properties.length === 0 ? t('detail.allProperties') : <Entries of={properties} /> },
            {
              term: t('detail.restriction'),
              value: (
                <div className="flex flex-col items-start gap-2">
                  {t(`detail.restrictions.${restriction}`, { count: addresses.length })}
                  {addresses.length > 0 && <Entries of={addresses} />}
                  <ButtonLink size="sm" href={pages.keyRestriction(id)}>
                    {t('detail.openRestriction')}
                  </ButtonLink>
                </div>
              ),
            },
          ]}
        />
      </CardContent>
    </Card>
  )
}

function Entries({ of: entries }: { of: readonly string[] }) {
  return (
    <ul className="flex max-h-60 flex-wrap gap-x-3 gap-y-1 overflow-y-auto font-mono text-[0.8125rem]">
      {entries.map((entry) => (
        <li key={entry}>{entry}</li>
      ))}
    </ul>
  )
}
