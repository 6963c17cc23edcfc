'use client'

import { ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { Badge } from '@/components/ui/badge'
import { pages } from '@/contracts/paths'
import type { Member } from '@/contracts/people'
import { showInvisible } from '@/lib/text/show-invisible'

/** Columns of the list. `now` is the server's instant of rendering. */
export function usePeopleColumns(now: string): DataTableColumn<Member>[] {
  const t = useTranslations('people')
  const roles = useTranslations('shell.roles')
  return useMemo(
    () => [
      { id: 'name', header: t('columns.name'), card: 'title', grow: true, cell: (member) => <Name member={member} you={t('you')} /> },
      { id: 'role', header: t('columns.role'), cell: ({ role }) => <Badge tone={role === 'owner' ? 'accent' : 'neutral'}>{roles(role)}</Badge> },
      {
        id: 'twoFactor',
        header: t('columns.twoFactor'),
        cell: ({ hasTwoFactor }) =>
          hasTwoFactor ? (
            <span className="inline-flex items-center gap-1.5">
              <ShieldCheck aria-hidden className="size-4 text-success-text" />
              {t('twoFactor.on')}
            </span>
          ) : (
            <span className="text-muted">{t('twoFactor.off')}</span>
          ),
      },
      {
        id: 'lastSeen',
        header: t('columns.lastSeen'),
        cell: ({ lastSeenAt }) => (lastSeenAt ? <RelativeTime at={lastSeenAt} now={now} /> : <span className="text-muted">{t('notSignedIn')}</span>),
      },
      { id: 'joined', header: t('columns.joined'), from: 'lg', cell: ({ joinedAt }) => <RelativeTime at={joinedAt} now={now} /> },
    ],
    [t, roles, now],
  )
}

function Name({ member, you }: { member: Member; you: string }) {
  return (
    <span className="flex min-w-0 flex-col items-start">
      <span className="flex flex-wrap items-center gap-x-2">
        <RowLink href={pages.person(member.id)} className="wrap-anywhere">
          {showInvisible(member.name)}
        </RowLink>
        {member.isYou && <Badge tone="accent">{you}</Badge>}
      </span>
      <span className="text-[0.8125rem] wrap-anywhere text-muted">{member.email}</span>
    </span>
  )
}
