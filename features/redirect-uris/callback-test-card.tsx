'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { CopyField } from '@/components/copy-field'
import { formatElapsed } from '@/components/format-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { testCallback } from './test-callback'

/** Whether a browser reaches our own callback: from here, where the hotelier's browser would come from outside too. */
export function CallbackTestCard({ callbackUri }: { callbackUri: string }) {
  const t = useTranslations('redirectUris.test')
  const { mutate, data, isPending } = useMutation({ mutationFn: () => testCallback(callbackUri) })
  const { origin, protocol } = new URL(callbackUri)
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <CopyField label={t('title')} value={callbackUri} />
        <Button className="w-fit" loading={isPending} onClick={() => mutate()}>
          {t('submit')}
        </Button>
        <div aria-live="polite" className="empty:hidden">
          {data?.result === 'answers' && (
            <Alert tone="success" title={t('good')}>
              {t('goodText', { secure: String(protocol === 'https:'), elapsed: formatElapsed(data.elapsedMs) })}
            </Alert>
          )}
          {data?.result === 'unreachable' && <Alert tone="danger" title={t('bad')}>{t('badText')}</Alert>}
          {data?.result === 'elsewhere' && <Alert tone="info" title={t('elsewhere', { origin })} />}
        </div>
      </CardContent>
    </Card>
  )
}
