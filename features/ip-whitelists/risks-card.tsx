'use client'

import { useTranslations } from 'use-intl'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'

const RISKS = ['bearer', 'shared', 'nat', 'cloud', 'forgotten', 'wide'] as const

/** What IP authentication means for security, in plain words, and who keeps the list that counts. */
export function RisksCard() {
  const t = useTranslations('ipWhitelists.risks')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p>{t('keeps')}</p>
        <dl className="grid gap-x-8 gap-y-4 md:grid-cols-2">
          {RISKS.map((risk) => (
            <div key={risk}>
              <dt className="font-medium">{t(`${risk}.title`)}</dt>
              <dd className="text-pretty text-muted">{t(`${risk}.text`)}</dd>
            </div>
          ))}
        </dl>
      </CardContent>
    </Card>
  )
}
