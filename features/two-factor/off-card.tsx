'use client'

import { useTranslations } from 'use-intl'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { TwoFactorState } from '@/contracts/two-factor'
import { SetUpDialog } from './set-up-dialog'

type OffCardProps = { state: TwoFactorState; onSettingUp: (is: boolean) => void }

/** Before it is set up. */
export function OffCard({ state: { hasPassword }, onSettingUp }: OffCardProps) {
  const t = useTranslations('twoFactor')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('off.title')}</CardTitle>
        <CardDescription>{t(hasPassword ? 'off.text' : 'off.noPassword')}</CardDescription>
        {hasPassword && (
          <CardAction>
            <SetUpDialog onOpen={onSettingUp} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="p-0" />
    </Card>
  )
}
