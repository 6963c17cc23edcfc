'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { InvitationSummary } from '@/contracts/people'
import { ProblemAlert } from '../problem-state'
import { useRevokeInvitation } from './mutations'

/** Who is invited and has not come yet. */
export function InvitationsTable({ invitations, now }: { invitations: readonly InvitationSummary[]; now: string }) {
  const t = useTranslations('people')
  const columns = useColumns(now)
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2 className="text-[0.9375rem] font-semibold">{t('invitations.title')}</h2>
      <DataTable caption={t('invitations.caption')} columns={columns} rows={invitations} rowId={({ id }) => id} />
    </section>
  )
}

function useColumns(now: string): DataTableColumn<InvitationSummary>[] {
  const t = useTranslations('people')
  const roles = useTranslations('shell.roles')
  return useMemo<DataTableColumn<InvitationSummary>[]>(
    () => [
      { id: 'email', header: t('invitations.email'), card: 'title', grow: true, cell: ({ email }) => <span className="font-medium wrap-anywhere">{email}</span> },
      { id: 'role', header: t('invitations.role'), cell: ({ role }) => roles(role) },
      { id: 'by', header: t('invitations.by'), from: 'md', cell: ({ invitedBy }) => invitedBy ?? t('invitations.left') },
      { id: 'expires', header: t('invitations.expires'), cell: ({ expiresAt }) => <RelativeTime at={expiresAt} now={now} /> },
      { id: 'actions', header: t('invitations.actions'), hideHeader: true, align: 'end', cell: (invitation) => <Withdraw invitation={invitation} /> },
    ],
    [t, roles, now],
  )
}

function Withdraw({ invitation: { id, email } }: { invitation: InvitationSummary }) {
  const t = useTranslations('people')
  const revoke = useRevokeInvitation()
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={t('invitations.withdrawNamed', { email })}>
          {t('invitations.withdraw')}
        </Button>
      }
      title={t('invitations.withdrawTitle', { email })}
      consequence={t('invitations.withdrawConsequence')}
      confirmLabel={t('invitations.withdraw')}
      cancelLabel={t('cancel')}
      onOpenChange={() => revoke.reset()}
      onConfirm={async () => {
        await revoke.mutateAsync(id)
        toast.success(t('invitations.withdrawn'))
      }}
    >
      {revoke.isError && <ProblemAlert error={revoke.error} />}
    </ConfirmDialog>
  )
}
