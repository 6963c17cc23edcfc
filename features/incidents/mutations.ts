import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  closeIncident, dropAccessTokens, endAllSessions, endMachineKeys, freezeInIncident, markForReconnect, openIncident, settleStep, thawInIncident,
  type Incident, type IncidentStep,
} from '@/contracts/incidents'
import { draftLetter } from '@/contracts/letters'
import { callEndpoint } from '../request'
import { incidentQueries } from './queries'

export function useOpenIncident() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof openIncident.body>) => callEndpoint(openIncident, { body }),
    onSuccess: (incident) => {
      client.setQueryData(incidentQueries.detail(incident.id).queryKey, incident)
      return client.invalidateQueries({ queryKey: incidentQueries.list().queryKey })
    },
  })
}

/** For acts in one incident whose answer is that incident. */
function useActIn<V>(id: string, act: (given: V) => Promise<Incident>) {
  const client = useQueryClient()
  const { queryKey } = incidentQueries.detail(id)
  return useMutation({
    mutationFn: act,
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (incident) => client.setQueryData(queryKey, incident),
  })
}

export const useFreezeInIncident = (id: string) => useActIn(id, () => callEndpoint(freezeInIncident, { params: { id } }))

export const useThawInIncident = (id: string) =>
  useActIn(id, (body: z.input<typeof thawInIncident.body>) => callEndpoint(thawInIncident, { params: { id }, body }))

export const useEndMachineKeys = (id: string) =>
  useActIn(id, (password: string) => callEndpoint(endMachineKeys, { params: { id }, body: { password } }))

export const useEndAllSessions = (id: string) =>
  useActIn(id, (password: string) => callEndpoint(endAllSessions, { params: { id }, body: { password } }))

export const useDropAccessTokens = (id: string) =>
  useActIn(id, (body: z.input<typeof dropAccessTokens.body>) => callEndpoint(dropAccessTokens, { params: { id }, body }))

export const useMarkForReconnect = (id: string) =>
  useActIn(id, (body: z.input<typeof markForReconnect.body>) => callEndpoint(markForReconnect, { params: { id }, body }))

export const useSettleStep = (id: string) =>
  useActIn(id, ({ step, isDone }: { step: IncidentStep; isDone: boolean }) => callEndpoint(settleStep, { params: { id, step }, body: { isDone } }))

export const useCloseIncident = (id: string) => useActIn(id, () => callEndpoint(closeIncident, { params: { id } }))

/** The letter of one API client; the incident then says that it is drafted. */
export function useDraftIncidentLetter(incidentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (apiClientId: string) => callEndpoint(draftLetter, { params: { id: apiClientId }, body: { kind: 'incident' } }),
    onSuccess: () => client.invalidateQueries({ queryKey: incidentQueries.detail(incidentId).queryKey }),
  })
}
