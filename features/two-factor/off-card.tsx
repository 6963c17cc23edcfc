'use client'

import { useTranslations } from 'use-intl'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { TwoFactorState } from '@/contracts/two-factor'
import { SetUpDialog } from './set-up-dialog'

/** Before it is set up. */
export function OffCard({ state: { hasPassword } }: { state: TwoFactorState }) {
  const t = useTranslations('twoFactor')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('off.title')}</CardTitle>
        <CardDescription>{t(hasPassword ? 'off.text' : 'off.noPassword')}</CardDescription>
        {hasPassword && (
          <CardAction>
            <SetUpDialog />
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="p-0" />
    </Card>
  )
}
