'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { useClockText } from '@/components/use-clock-text'
import { pages } from '@/contracts/paths'
import type { Runway } from '@/contracts/runway'
import { runwayQueries } from './queries'
import { useLossText } from './use-loss-text'

const MOST_NAMED = 5

/** While Octorate gives no new tokens: since when, and when which number of properties loses access. Nothing otherwise. */
export function RunwayBanner({ isOnPage = false }: { isOnPage?: boolean | undefined }) {
  const { data } = useQuery(runwayQueries.runway())
  if (!data?.refused) return null
  return <Banner at={data.at} refused={data.refused} apiClients={data.apiClients} isOnPage={isOnPage} />
}

type BannerProps = Pick<Runway, 'at' | 'apiClients'> & { refused: NonNullable<Runway['refused']>; isOnPage: boolean }

function Banner({ at, refused, apiClients, isOnPage }: BannerProps) {
  const t = useTranslations('runway.banner')
  const clock = useClockText(at)
  const lossOf = useLossText(at)
  const concerned = apiClients.filter(({ refusal }) => refusal !== null)
  const kind = refused.kinds.length === 1 ? (refused.kinds[0] ?? 'several') : 'several'
  const title = t(`title.${kind}`, { since: clock(refused.since) })
  return (
    <>
      <LiveRegion message={title} />
      <Alert
        tone={refused.over > 0 ? 'danger' : 'warning'}
        title={title}
        actions={isOnPage ? undefined : <ButtonLink href={pages.runway()}>{t('open')}</ButtonLink>}
      >
        <p>{lossOf(refused)}</p>
        {concerned.length > 1 && (
          <ul className="mt-1.5 flex flex-col gap-1 text-[0.8125rem]">
            {concerned.slice(0, MOST_NAMED).map((each) => (
              <li key={each.id}>
                <span className="font-medium wrap-anywhere">{each.name}</span>
                {': '}
                {each.refusal !== null && kind === 'several' && `${t(`kind.${each.refusal.kind}`, { since: clock(each.refusal.since) })} `}
                {lossOf(each)}
              </li>
            ))}
            {concerned.length > MOST_NAMED && <li>{t('more', { count: concerned.length - MOST_NAMED })}</li>}
          </ul>
        )}
        <p className="mt-1.5 text-[0.8125rem] text-muted">{t(`next.${kind}`)}</p>
      </Alert>
    </>
  )
}
