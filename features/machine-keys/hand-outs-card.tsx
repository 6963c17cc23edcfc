'use client'

import { useTranslations } from 'use-intl'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { AddressesTable } from '../hand-outs/addresses-table'

/** From where this key was handed access tokens. */
export function HandOutsCard({ id, now }: { id: string; now: string }) {
  const t = useTranslations('handOuts.ofMachineKey')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent>
        <AddressesTable machineKeyId={id} now={now} />
      </CardContent>
    </Card>
  )
}
