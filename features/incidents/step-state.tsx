'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Incident, IncidentStep } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'

type StepStateProps = { step: IncidentStep; incident: Incident }

/** How a step is now, as the database says it; nothing where there is nothing to count. */
export function StepState({ step, incident }: StepStateProps) {
  const t = useTranslations('incidents.step')
  const { freeze, apiClients, machineKeys, sessions, accessTokens, connections, reconnectRequired, marked } = incident.state
  const total = apiClients.length
  switch (step) {
    case 'freeze':
    case 'thaw':
      return <Line>{t(freeze === null ? 'freeze.off' : 'freeze.on')}</Line>
    case 'letter':
      return <Line>{t('letter.sent', { count: apiClients.filter(({ letter }) => letter === 'sent').length, total })}</Line>
    case 'secret':
      return (
        <>
          <Line>{t('secret.now', { count: apiClients.filter(({ hasNewSecret }) => hasNewSecret).length, total })}</Line>
          <ul className="mt-1 flex flex-col gap-1 text-sm">
            {apiClients.map(({ id, name, hasNewSecret }) => (
              <li key={id} className="wrap-anywhere">
                <Link href={pages.apiClient(id)} className="text-accent-text underline underline-offset-2">
                  {name}
                </Link>
                : {t(hasNewSecret ? 'secret.replaced' : 'secret.old')}
              </li>
            ))}
          </ul>
        </>
      )
    case 'machine_keys':
      return <Line>{t('machine_keys.now', { count: machineKeys })}</Line>
    case 'sessions':
      return <Line>{t('sessions.now', { count: sessions })}</Line>
    case 'access_tokens':
      return <Line>{t('access_tokens.now', { count: accessTokens })}</Line>
    case 'mark':
      return <Line>{t('mark.now', { count: marked, total: connections })}</Line>
    case 'reconnect':
      return <Line>{t('reconnect.now', { count: reconnectRequired, total: connections })}</Line>
    case 'inventory':
      return null
  }
}

function Line({ children }: { children: React.ReactNode }) {
  return <p className="mt-1 text-sm font-medium">{children}</p>
}
