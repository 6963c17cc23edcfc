'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { LinkDetail } from '@/contracts/links'
import { ProblemAlert } from '../problem-state'
import { PhoneCode } from './made-link-body'
import { useMakePhoneCode } from './mutations'

/** The phone code of a link that nobody opened yet; a new one can be made, because a code is shown once. */
export function PhoneCodeCard({ link, now }: { link: LinkDetail; now: string }) {
  const t = useTranslations('links.detail')
  const make = useMakePhoneCode(link.id)
  const { phoneCode } = link
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('code')}</CardTitle>
        <CardDescription>{t('codeText')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col items-start gap-4">
        {make.data !== undefined && <PhoneCode code={make.data} now={now} />}
        {make.data === undefined && phoneCode !== null && (
          <p className="text-muted">
            {t('codeEnds')} <RelativeTime at={phoneCode.expiresAt} now={now} />
          </p>
        )}
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {t('makeCode')}
        </Button>
        {make.isError && <ProblemAlert error={make.error} />}
      </CardContent>
    </Card>
  )
}
