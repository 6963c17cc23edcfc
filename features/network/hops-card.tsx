'use client'

import { CircleAlert, CircleCheck, CircleSlash, ShieldCheck, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { Tone } from '@/components/ui/tone'
import type { ClientAddressReport } from '@/contracts/client-addresses'
import { showInvisible } from '@/lib/text/show-invisible'

type Hop = ClientAddressReport['hops'][number]
type Role = 'counts' | 'trusted' | 'malformed' | 'not_believed'

const LOOKS = {
  counts: { Icon: CircleCheck, tone: 'success' },
  trusted: { Icon: ShieldCheck, tone: 'info' },
  malformed: { Icon: CircleAlert, tone: 'danger' },
  not_believed: { Icon: CircleSlash, tone: 'neutral' },
} as const satisfies Record<Role, { Icon: LucideIcon; tone: Tone }>

const MOST_CHARACTERS = 80

/** Each hop with what the rule made of it, from Keyrack outwards. */
export function HopsCard({ hops }: { hops: readonly Hop[] }) {
  const t = useTranslations('network.hops')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <ol aria-label={t('list')} className="divide-y border-t">
        {hops.map((hop, index) => {
          const role = roleOf(hop)
          const { Icon, tone } = LOOKS[role]
          return (
            // A header may name an address twice: its place is what tells hops apart.
            <li key={index} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 px-4 py-3 sm:px-5">
              <div className="min-w-0 flex-1 basis-52">
                <p className="font-mono wrap-anywhere">{hop.text === '' ? t('empty') : showInvisible(hop.text, MOST_CHARACTERS)}</p>
                <p className="text-[0.8125rem] text-muted">{t(hop.from)}</p>
                <p className="text-[0.8125rem] text-pretty text-muted">{t(`why.${hop.reason}`)}</p>
              </div>
              <StatusPill tone={tone} icon={<Icon aria-hidden />}>
                {t(`role.${role}`)}
              </StatusPill>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function roleOf({ counts, reason }: Hop): Role {
  return counts ? 'counts' : reason === 'trusted' || reason === 'malformed' ? reason : 'not_believed'
}
