'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'

const SOME_PROPERTY = '324410'

/** The address that counts is that of the servers that call Octorate: what to run there. */
export function ServersCard({ apiClientId, propertyId }: { apiClientId: string; propertyId: string | null }) {
  const t = useTranslations('ipWhitelists.servers')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <CodeBlock wrap label={t('egress')} code="npx keyrack egress" />
        <p className="text-[0.8125rem] text-muted">{t('egressText')}</p>
        <CodeBlock wrap label={t('verify')} code={`npx keyrack whitelist verify ${apiClientId} ${propertyId ?? SOME_PROPERTY}`} />
        <p className="text-[0.8125rem] text-muted">{t('verifyText')}</p>
      </CardContent>
    </Card>
  )
}
