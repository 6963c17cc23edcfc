'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { TwoFactorState } from '@/contracts/two-factor'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import { useDisableTwoFactor } from './mutations'
import { RenewCodesDialog } from './renew-codes-dialog'

/** So few codes are soon none. */
const FEW = 3

/** While it is on: how many recovery codes are left, new ones, and the way out. */
export function OnCard({ state, now }: { state: TwoFactorState; now: string }) {
  const t = useTranslations('twoFactor')
  return (
    <>
      {state.recoveryCodesLeft < FEW && (
        <Alert tone="warning" title={t('on.few')}>
          {t('on.fewText')}
        </Alert>
      )}
      <Card>
        <CardHeader>
          <CardTitle>{t('on.title')}</CardTitle>
        </CardHeader>
        <CardContent>
          <KeyValueList
            items={[
              ...(state.since === null ? [] : [{ term: t('on.since'), value: <RelativeTime at={state.since} now={now} /> }]),
              { term: t('on.codesLeft'), value: state.recoveryCodesLeft },
            ]}
          />
        </CardContent>
        <CardFooter>
          {!state.isRequired && <DisableButton />}
          <RenewCodesDialog />
        </CardFooter>
      </Card>
    </>
  )
}

function DisableButton() {
  const t = useTranslations('twoFactor')
  const disable = useDisableTwoFactor()
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('on.disable')}</Button>}
      title={t('on.disableTitle')}
      consequence={t('on.disableConsequence')}
      confirmLabel={t('on.disable')}
      cancelLabel={t('cancel')}
      onOpenChange={() => disable.reset()}
      onConfirm={async (form) => {
        await disable.mutateAsync(String(form.get('password') ?? ''))
        toast.success(t('on.disabled'))
      }}
    >
      <FreshPasswordField />
      {disable.isError && <ProblemAlert error={disable.error} />}
    </ConfirmDialog>
  )
}
