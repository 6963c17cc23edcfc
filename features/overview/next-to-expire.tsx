import { ExpiryBar } from '@/components/expiry-bar'
import { RowLink } from '@/components/row-link'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { ConnectionSummary } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { translator } from '@/messages/translator'

export type NextToExpireProps = {
  /** The soonest first. */
  connections: readonly ConnectionSummary[]
  /** The server's instant of rendering. */
  now: string
}

/** The access tokens that end first. */
export function NextToExpire({ connections, now }: NextToExpireProps) {
  const t = translator('overview')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('next.heading')}</CardTitle>
        <CardAction>
          <ButtonLink variant="ghost" size="sm" href={pages.connections()} className="-my-1.5 touch:-my-3">
            {t('next.all')}
          </ButtonLink>
        </CardAction>
      </CardHeader>
      {connections.length === 0 ? (
        <CardContent className="text-muted">{t('next.empty')}</CardContent>
      ) : (
        <ul className="divide-y border-t">
          {connections.map((connection) => (
            <li
              key={connection.id}
              className="relative flex min-h-14 items-center justify-between gap-4 px-4 py-2.5 transition-colors last:rounded-b-lg hover:bg-hover sm:px-5"
            >
              <div className="min-w-0">
                <RowLink href={pages.connection(connection.id)} className="block truncate">
                  {connection.name}
                </RowLink>
                <p className="truncate text-[0.8125rem] text-muted">{connection.apiClient.name}</p>
              </div>
              {connection.accessExpiresAt !== null && (
                <ExpiryBar
                  expiresAt={connection.accessExpiresAt}
                  now={now}
                  overText={t('next.expired')}
                  announceText={t('next.left', { name: connection.name })}
                  className="w-28 shrink-0 sm:w-36"
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
