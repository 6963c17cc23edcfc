'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { usePlaceFreeze } from './mutations'
import { freezeQueries } from './queries'
import { ReasonField } from './reason-field'

type FreezeButtonProps = { kind: 'connection' | 'api_client'; id: string; name: string; role: Role }

/** Stops the hand-outs of one thing; absent for who may not, and while it is frozen. */
export function FreezeButton({ kind, id, name, role }: FreezeButtonProps) {
  const t = useTranslations('freezes')
  const { data } = useQuery(freezeQueries.list())
  const place = usePlaceFreeze()
  if (!roleMay(role, 'freezes:place') || data?.items.some(({ target }) => target.id === id)) return null
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('freeze')}</Button>}
      title={t('freezeTitle', { name })}
      consequence={t(kind === 'connection' ? 'freezeConnection' : 'freezeApiClient')}
      confirmLabel={t('freeze')}
      cancelLabel={t('cancel')}
      onOpenChange={() => place.reset()}
      onConfirm={async (form) => {
        await place.mutateAsync({ kind, targetId: id, reason: String(form.get('reason') ?? '') })
        toast.success(t('frozen', { name }))
      }}
    >
      <ReasonField />
      {place.isError && <ProblemAlert error={place.error} />}
    </ConfirmDialog>
  )
}
