'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { machineReferencePath, pages } from '@/contracts/paths'
import { TextLink } from '../machine-keys/text-link'
import { adminTokenSnippet } from './admin-token-snippet'

const CONDITIONS = ['scope', 'environment', 'restriction', 'audit'] as const

/** How a back end gets the admin token for IP authentication, so that nobody pastes it into a file, and on which conditions. */
export function BackEndCard({ apiClientId, publicUrl }: { apiClientId: string; publicUrl: string }) {
  const t = useTranslations('adminTokens.backEnd')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <ul aria-label={t('conditions')} className="flex list-disc flex-col gap-1 pl-5">
          {CONDITIONS.map((condition) => (
            <li key={condition}>{t(`condition.${condition}`)}</li>
          ))}
        </ul>
        <CodeBlock wrap label={t('call')} code={adminTokenSnippet(publicUrl, apiClientId)} />
        <p className="text-[0.8125rem] text-muted">{t('keep')}</p>
        <p className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
          <TextLink href={pages.machineKeys()}>{t('machineKeys')}</TextLink>
          <TextLink href={pages.ipWhitelist(apiClientId)}>{t('whitelist')}</TextLink>
          <a href={machineReferencePath} className="text-accent-text underline decoration-accent-line underline-offset-4 hover:decoration-current">
            {t('reference')}
          </a>
        </p>
      </CardContent>
    </Card>
  )
}
