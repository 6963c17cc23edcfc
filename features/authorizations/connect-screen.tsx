'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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
}

/** Connecting a property: which API client asks, what would make it fail, and away to the consent. */
export function ConnectScreen({ now, role, choices, chosenId }: ConnectScreenProps) {
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
        <div className="flex max-w-3xl flex-col gap-6">
          <ApiClientChoice choices={choices} value={id} onChange={choose} />
          {chosen !== null && <Leave key={chosen.id} choice={chosen} now={now} mayMend={mayMend} />}
        </div>
      )}
    </>
  )
}

/** From the checks to the consent, and for redirect URIs that are not ours the way back by hand. */
function Leave({ choice, now, mayMend }: { choice: ConnectChoice; now: string; mayMend: boolean }) {
  const [pasting, setPasting] = useState<StartedAuthorization | null>(null)
  const preflight = useQuery({ ...authorizationQueries.preflight(choice.id), enabled: pasting === null })
  if (pasting !== null) {
    return <PasteCard key={pasting.authorizationId} started={pasting} now={now} onStartAgain={() => setPasting(null)} />
  }
  return (
    <>
      <PreflightCard apiClientId={choice.id} preflight={preflight} mayMend={mayMend} />
      <GoCard choice={choice} preflight={preflight} onPaste={setPasting} />
    </>
  )
}
