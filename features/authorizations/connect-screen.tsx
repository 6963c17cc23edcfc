'use client'

import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientChoice } from './api-client-choice'
import type { ConnectChoice } from './connect-choice'
import { ConnectRefused, NoApiClients } from './connect-empty'
import { GoCard } from './go-card'
import type { StartedAuthorization } from './mutations'
import { PasteCard } from './paste-card'
import { PreflightCard } from './preflight-card'
import { authorizationQueries } from './queries'

export type ConnectScreenProps = {
  /** The server's instant of rendering. */
  now: string
  role: Role
  choices: readonly ConnectChoice[]
  /** From the address; null when it names none of them. */
  chosenId: string | null
  /** The connection to renew; null for a first connect. */
  reconnects: string | null
}

/** Connecting a property: which API client asks, what would make it fail, and away to the consent. */
export function ConnectScreen({ now, role, choices, chosenId, reconnects }: ConnectScreenProps) {
  const t = useTranslations('authorizations.connect')
  const [id, setId] = useState(chosenId ?? (choices.length === 1 ? (choices[0]?.id ?? null) : null))
  useServerClock(now)
  const choose = (next: string) => {
    setId(next)
    // The back button from the consent finds the same choice again.
    window.history.replaceState(null, '', pages.newConnection(next))
  }
  const chosen = choices.find((choice) => choice.id === id) ?? null
  const mayMend = roleMay(role, 'api-clients:read')
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('breadcrumb'), href: pages.connections() }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
      />
      {!roleMay(role, 'connections:connect') && <ConnectRefused />}
      {roleMay(role, 'connections:connect') && choices.length === 0 && <NoApiClients mayRegister={mayMend} />}
      {roleMay(role, 'connections:connect') && choices.length > 0 && (
        <Leave key={id} choice={chosen} reconnects={id === chosenId ? reconnects : null} now={now} mayMend={mayMend}>
          <ApiClientChoice choices={choices} value={id} onChange={choose} />
        </Leave>
      )}
    </>
  )
}

type LeaveProps = { choice: ConnectChoice | null; reconnects: string | null; now: string; mayMend: boolean; children: ReactNode }

/** From the choice over the checks to the consent, and for redirect URIs that are not ours the way back by hand. */
function Leave({ choice, reconnects, now, mayMend, children }: LeaveProps) {
  const [pasting, setPasting] = useState<StartedAuthorization | null>(null)
  const paste = (started: StartedAuthorization) => {
    setPasting(started)
    // A reload loses the link to the consent, which is stored nowhere: it finds the attempt, where pasting goes on.
    window.history.replaceState(null, '', pages.newConnection(choice?.id, started.authorizationId))
  }
  const startAgain = () => {
    setPasting(null)
    window.history.replaceState(null, '', pages.newConnection(choice?.id))
  }
  const preflight = useQuery({ ...authorizationQueries.preflight(choice?.id ?? ''), enabled: choice !== null && pasting === null })
  if (pasting !== null) {
    return <PasteCard key={pasting.authorizationId} started={pasting} now={now} onStartAgain={startAgain} />
  }
  return (
    <div className="grid min-w-0 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-6">
        {children}
        {choice !== null && <PreflightCard apiClientId={choice.id} preflight={preflight} mayMend={mayMend} />}
      </div>
      {choice !== null && <GoCard choice={choice} reconnects={reconnects} preflight={preflight} onPaste={paste} />}
    </div>
  )
}
