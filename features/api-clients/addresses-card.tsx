'use client'

import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { KeyValueList } from '@/components/key-value-list'
import { Alert } from '@/components/ui/alert'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { ApiClientDetail } from '@/contracts/api-clients'

type Addresses = NonNullable<ApiClientDetail['addresses']>

/** Who calls which address how; a property can be read and created. */
const CALLS = [
  ['consent', 'browser'],
  ['token', 'POST'],
  ['refresh', 'POST'],
  ['apiLogin', 'POST'],
  ['configuration', 'GET, PATCH'],
  ['properties', 'GET'],
  ['userInfo', 'GET'],
  ['createProperty', 'POST'],
] as const satisfies readonly (readonly [keyof Addresses, string])[]

/** Every address that will be called, in full and to copy: wrong hosts and prefixes cost integrators days. */
export function AddressesCard({ addresses }: { addresses: Addresses | null }) {
  const t = useTranslations('apiClients')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.addresses')}</CardTitle>
        <CardDescription>{t('detail.addressesText')}</CardDescription>
      </CardHeader>
      <CardContent>
        {addresses === null ? (
          <Alert tone="danger" title={t('detail.addressesMissing')}>
            {t('detail.addressesMissingText')}
          </Alert>
        ) : (
          <KeyValueList
            items={CALLS.map(([name, how]) => ({
              term: t(`detail.address.${name}`),
              value: (
                <span className="flex items-center justify-between gap-2 font-mono text-xs leading-5">
                  <span className="min-w-0 wrap-anywhere">
                    <span className="text-muted sm:inline-block sm:w-24">{how === 'browser' ? t('detail.browser') : how} </span>
                    {addresses[name]}
                  </span>
                  <CopyButton
                    text={addresses[name]}
                    name={t('detail.copyAddress', { name: t(`detail.address.${name}`) })}
                    iconOnly
                    variant="ghost"
                  />
                </span>
              ),
            }))}
          />
        )}
      </CardContent>
    </Card>
  )
}
