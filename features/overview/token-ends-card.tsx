'use client'

import { useTranslations } from 'use-intl'
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useClockText } from '@/components/use-clock-text'
import type { TokenEnds } from '@/contracts/runway'

export type TokenEndsCardProps = {
  ends: TokenEnds
  /** The server's instant of rendering. */
  now: string
}

/** The four things that end, or do not, each by its own clock. */
export function TokenEndsCard({ ends: { accessTokens, adminTokens, refreshTokens, links }, now }: TokenEndsCardProps) {
  const t = useTranslations('overview.ends')
  const clock = useClockText(now)
  const next = (at: string | null) => (at === null ? t('none') : t('next', { at: clock(at) }))
  const rows = [
    { kind: 'access', count: accessTokens.count, end: next(accessTokens.firstAt), besides: accessTokens.over > 0 ? t('over', { over: accessTokens.over }) : null },
    { kind: 'admin', count: adminTokens.count, end: next(adminTokens.firstAt), besides: adminTokens.over > 0 ? t('over', { over: adminTokens.over }) : null },
    { kind: 'refresh', count: refreshTokens.count, end: t('never'), besides: refreshTokens.dead > 0 ? t('dead', { dead: refreshTokens.dead }) : null },
    { kind: 'link', count: links.count, end: next(links.firstAt), besides: null },
  ] as const
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('description')}</CardDescription>
      </CardHeader>
      <dl className="grid divide-y border-t sm:grid-cols-2 sm:divide-y-0 xl:grid-cols-4">
        {rows.map(({ kind, count, end, besides }) => (
          <div key={kind} className="flex flex-col gap-0.5 px-4 py-3 sm:px-5">
            <dt className="text-[0.8125rem] font-medium text-muted">{t(`kinds.${kind}`, { count })}</dt>
            <dd className="font-medium">{end}</dd>
            <dd className="text-[0.8125rem] text-muted">{t(`lives.${kind}`)}</dd>
            {besides !== null && <dd className="text-[0.8125rem] text-danger-text">{besides}</dd>}
          </div>
        ))}
      </dl>
    </Card>
  )
}
