'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'

/** Addresses of documentation: nobody has them. */
const EXAMPLE = ['203.0.113.10', '198.51.100.0/28']

/** What is trusted, and where that is set. */
export function TrustedProxiesCard({ trustedProxies }: { trustedProxies: readonly string[] }) {
  const t = useTranslations('network.variable')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {trustedProxies.length === 0 ? (
          <p>{t('none')}</p>
        ) : (
          <ul aria-label={t('list')} className="flex flex-wrap gap-x-4 gap-y-1 font-mono text-[0.8125rem]">
            {trustedProxies.map((entry) => (
              <li key={entry}>{entry}</li>
            ))}
          </ul>
        )}
        <p className="text-[0.8125rem] text-muted">{t('howTo')}</p>
        <CodeBlock wrap label={t('example')} code={`TRUSTED_PROXIES=${EXAMPLE.join(', ')}`} />
        <p className="text-[0.8125rem] text-muted">{t('rule')}</p>
      </CardContent>
    </Card>
  )
}
