'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { showInvisible } from '@/lib/text/show-invisible'
import { curlExample } from './curl-example'

/** When, from where, by what and for what a key was last used, and a call that it allows. */
export function UseCard({ machineKey, now, publicUrl }: { machineKey: MachineKeyDetail; now: string; publicUrl: string }) {
  const t = useTranslations('machineKeys')
  const { lastUse, state } = machineKey
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.use')}</CardTitle>
        <CardDescription>{t('detail.useText')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <KeyValueList
          items={
            lastUse === null
              ? [{ term: t('detail.lastUsed'), value: <span className="text-muted">{t('neverUsed')}</span> }]
              : [
                  { term: t('detail.lastUsed'), value: <RelativeTime at={lastUse.at} now={now} /> },
                  { term: t('detail.lastAddress'), value: lastUse.address === 'unresolved' ? t('unresolved') : lastUse.address },
                  { term: t('detail.lastRoute'), value: <code className="font-mono text-[0.8125rem]">{lastUse.route}</code> },
                  ...(lastUse.userAgent === '' ? [] : [{ term: t('detail.lastAgent'), value: showInvisible(lastUse.userAgent) }]),
                ]
          }
        />
        {(state === 'active' || state === 'ending') && (
          <CodeBlock wrap label={t('detail.example')} code={curlExample(publicUrl, machineKey)} />
        )}
      </CardContent>
    </Card>
  )
}
