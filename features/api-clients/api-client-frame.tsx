'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { SectionNav } from '@/components/section-nav'
import { ButtonLink } from '@/components/ui/button-link'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientEnvironmentBadge, ApiClientEnvironmentStrip } from './environment'

export type ApiClientFrameProps = {
  apiClient: ApiClientDetail
  role: Role
  /** Name of the page below the API client's own. */
  section?: string | undefined
  /** The page's own primary action, in the place of Connect. */
  action?: ReactNode
  secondary?: ReactNode
}

/** The top of each page of one API client: its environment, its name, and the way to its other pages. */
export function ApiClientFrame({ apiClient, role, section, action, secondary }: ApiClientFrameProps) {
  const t = useTranslations('apiClients')
  const { id, name, environment } = apiClient
  const connect = roleMay(role, 'connections:connect') ? (
    <ButtonLink variant="primary" href={pages.newConnection(id)}>
      {t('detail.connect')}
    </ButtonLink>
  ) : undefined
  return (
    <>
      <ApiClientEnvironmentStrip environment={environment} />
      <PageHeader
        breadcrumb={[
          { label: t('title'), href: pages.apiClients() },
          ...(section === undefined ? [{ label: name }] : [{ label: name, href: pages.apiClient(id) }, { label: section }]),
        ]}
        title={section === undefined ? name : t('sections.titleOf', { section, name })}
        badges={<ApiClientEnvironmentBadge environment={environment} />}
        secondary={secondary}
        action={action ?? connect}
      />
      <SectionNav
        label={t('sections.label')}
        items={[
          { href: pages.apiClient(id), label: t('sections.overview') },
          { href: pages.goLive(id), label: t('sections.goLive') },
          { href: pages.redirectUris(id), label: t('sections.redirectUris') },
          { href: pages.apiConfiguration(id), label: t('sections.configuration') },
          { href: pages.adminTokens(id), label: t('sections.adminTokens') },
          { href: pages.ipWhitelist(id), label: t('sections.ipWhitelist') },
          { href: pages.newProperties(id), label: t('sections.properties') },
        ]}
      />
    </>
  )
}
