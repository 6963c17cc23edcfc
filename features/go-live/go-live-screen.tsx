'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { CheckList, type CheckItem } from '@/components/check-list'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientFrame } from '../api-clients/api-client-frame'
import { apiClientQueries } from '../api-clients/queries'
import { letterQueries } from '../letters/queries'
import { ProblemState } from '../problem-state'
import { redirectUriQueries } from '../redirect-uris/queries'
import { offersDefaultUri } from './default-uri'
import { GuideCard } from './guide-card'
import { toCheckList, type StepName } from './to-check-list'
import { UseDefaultUriButton } from './use-default-uri-button'

/** Which way of integrating it is, and what is left to do until it works with real properties. */
export function GoLiveScreen({ apiClientId, now, role }: { apiClientId: string; now: string; role: Role }) {
  const t = useTranslations('goLive')
  const { data: apiClient, error } = useQuery(apiClientQueries.detail(apiClientId))
  const { data: uris } = useQuery(redirectUriQueries.state(apiClientId))
  const { data: letters } = useQuery(letterQueries.list(apiClientId))
  if (apiClient === undefined) return error === null ? null : <ProblemState error={error} variant="page" />
  const { strategy } = apiClient
  const steps = uris && letters ? toCheckList({ strategy, apiClient, uris, letters: letters.items, now }) : []
  const mayWrite = roleMay(role, 'api-clients:write')
  const hasDefault = mayWrite && uris !== undefined && offersDefaultUri(uris)
  const next = steps.find(({ status }) => status !== 'pass')?.name
  const items = steps.map(({ name, status }): CheckItem => {
    const href = hrefOf(name, { id: apiClientId, isCreating: strategy === 'new_properties' })
    return {
      id: name,
      label: t(`steps.${name}.label`),
      status,
      explanation: name === 'redirect_uri' && hasDefault ? `${t(`steps.${name}.text`)} ${t('defaultUri.text')}` : t(`steps.${name}.text`),
      ...(status === 'pass' || href === null
        ? {}
        : {
            fix: (
              <>
                {name === 'redirect_uri' && hasDefault && <UseDefaultUriButton apiClientId={apiClientId} />}
                <ButtonLink size="sm" variant={name === next ? 'primary' : 'secondary'} href={href}>
                  {t(`steps.${name}.go`)}
                </ButtonLink>
              </>
            ),
          }),
    }
  })
  return (
    <>
      <ApiClientFrame apiClient={apiClient} role={role} section={t('title')} />
      <GuideCard key={strategy ?? ''} apiClientId={apiClientId} strategy={strategy} mayWrite={mayWrite} />
      <Card>
        <CardHeader>
          <CardTitle>{t('list')}</CardTitle>
          <CardDescription>{t('listText')}</CardDescription>
        </CardHeader>
        <CardContent>
          <CheckList items={items} label={t('list')} labels={{ pass: t('status.pass'), pending: t('status.pending'), warn: t('status.warn') }} />
        </CardContent>
      </Card>
    </>
  )
}

function hrefOf(name: StepName, { id, isCreating }: { id: string; isCreating: boolean }): string | null {
  if (name === 'admin_token') return pages.adminTokens(id)
  if (name === 'redirect_uri' || name === 'all_uris') return pages.redirectUris(id)
  if (name === 'first_connection') return isCreating ? pages.newProperties(id) : pages.newConnection(id)
  return name === 'saved' ? null : pages.apiConfiguration(id)
}
