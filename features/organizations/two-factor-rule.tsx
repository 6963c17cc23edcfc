'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { OrganizationDetail } from '@/contracts/organizations'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import { useChangeOrganization } from './mutations'

/** Whether everybody with a password needs a second factor. */
export function TwoFactorRule({ organization }: { organization: OrganizationDetail }) {
  const t = useTranslations('organization')
  const change = useChangeOrganization()
  const { requiresTwoFactor, withoutTwoFactor: count } = organization
  const act = requiresTwoFactor ? 'release' : 'require'
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('twoFactor.title')}</CardTitle>
        <CardDescription>{t(requiresTwoFactor ? 'twoFactor.required' : 'twoFactor.optional')}</CardDescription>
        <CardAction>
          <ConfirmDialog
            trigger={<Button>{t(`twoFactor.${act}`)}</Button>}
            tone={requiresTwoFactor ? 'danger' : 'accent'}
            title={t(`twoFactor.${act}Title`)}
            consequence={t(`twoFactor.${act}Consequence`, { count })}
            confirmLabel={t(`twoFactor.${act}`)}
            cancelLabel={t('cancel')}
            onOpenChange={() => change.reset()}
            onConfirm={async (form) => {
              await change.mutateAsync({ requiresTwoFactor: !requiresTwoFactor, password: String(form.get('password') ?? '') })
              toast.success(t('twoFactor.changed'))
            }}
          >
            <FreshPasswordField />
            {change.isError && <ProblemAlert error={change.error} />}
          </ConfirmDialog>
        </CardAction>
      </CardHeader>
      <CardContent>
        <p>{t('twoFactor.without', { count })}</p>
      </CardContent>
    </Card>
  )
}
