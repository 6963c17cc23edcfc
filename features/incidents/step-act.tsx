'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import type { Incident, IncidentStep } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { ConnectionsDialog } from './connections-dialog'
import { EndDialog } from './end-dialog'
import { LetterActs } from './letter-acts'
import { useDropAccessTokens, useEndAllSessions, useEndMachineKeys, useFreezeInIncident, useMarkForReconnect } from './mutations'
import { ThawDialog } from './thaw-dialog'

type StepActProps = { step: IncidentStep; incident: Incident; role: Role }

/** The one act of a step; who may not is told who does. */
export function StepAct({ step, incident, role }: StepActProps) {
  const t = useTranslations('incidents.step')
  const endKeys = useEndMachineKeys(incident.id)
  const endSessions = useEndAllSessions(incident.id)
  const drop = useDropAccessTokens(incident.id)
  const mark = useMarkForReconnect(incident.id)
  const { freeze, machineKeys, sessions, accessTokens, connections, marked } = incident.state
  const decides = roleMay(role, 'incidents:decide')
  switch (step) {
    case 'freeze':
      return freeze === null ? <FreezeNow incident={incident} /> : null
    case 'inventory':
      return (
        <ButtonLink size="sm" href={pages.inventory()}>
          {t('inventory.act')}
        </ButtonLink>
      )
    case 'letter':
      return <LetterActs incident={incident} />
    case 'secret':
      return null
    case 'reconnect':
      // A drill writes to no hotelier.
      return incident.kind === 'drill' ? (
        <ButtonLink size="sm" href={`${pages.connections()}?status=reconnect_required`}>
          {t('reconnect.act')}
        </ButtonLink>
      ) : (
        <ButtonLink size="sm" href={pages.newCampaign()}>
          {t('reconnect.campaign')}
        </ButtonLink>
      )
    case 'machine_keys':
      if (machineKeys === 0) return null
      return decides ? <EndDialog step={step} count={machineKeys} end={endKeys} /> : <OwnerOnly />
    case 'sessions':
      if (sessions === 0) return null
      return decides ? <EndDialog step={step} count={sessions} end={endSessions} /> : <OwnerOnly />
    case 'access_tokens':
      if (accessTokens === 0) return null
      return decides ? <ConnectionsDialog step={step} incident={incident} act={drop} /> : <OwnerOnly />
    case 'mark':
      if (marked === connections) return null
      return decides ? <ConnectionsDialog step={step} incident={incident} act={mark} /> : <OwnerOnly />
    case 'thaw':
      if (freeze === null) return null
      return decides ? <ThawDialog incidentId={incident.id} /> : <OwnerOnly />
  }
}

function FreezeNow({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents.step.freeze')
  const freeze = useFreezeInIncident(incident.id)
  return (
    <div className="flex flex-col gap-2">
      <Button size="sm" variant="danger" loading={freeze.isPending} onClick={() => freeze.mutate(undefined)}>
        {t('act')}
      </Button>
      {freeze.isError && <ProblemAlert error={freeze.error} />}
    </div>
  )
}

function OwnerOnly() {
  return <p className="text-sm text-muted">{useTranslations('incidents.step')('ownerOnly')}</p>
}
