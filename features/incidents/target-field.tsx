'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { Incident, IncidentTarget } from '@/contracts/incidents'
import { showInvisible } from '@/lib/text/show-invisible'
import { connectionQueries } from '../connections/queries'

/** What an act is about; no target while one connection is to be chosen still. A name where it has one of its own. */
export type ChosenTarget = { readonly target: IncidentTarget | null; readonly name: string | null }

type TargetFieldProps = { incident: Incident; chosen: ChosenTarget; onChoose: (chosen: ChosenTarget) => void }

/** All connections, those of one API client, or one. */
export function TargetField({ incident, chosen, onChoose }: TargetFieldProps) {
  const t = useTranslations('incidents.step.which')
  const { apiClients } = incident.state
  const { target } = chosen
  const choose = (value: string) => {
    const apiClient = apiClients.find(({ id }) => id === value)
    if (apiClient) onChoose({ target: { kind: 'api_client', id: apiClient.id }, name: apiClient.name })
    else onChoose({ target: value === 'connection' ? null : { kind: 'organization' }, name: null })
  }
  return (
    <>
      <Field label={t('label')}>
        <Select value={target?.kind === 'api_client' ? target.id : (target?.kind ?? 'connection')} onChange={(event) => choose(event.target.value)}>
          <option value="organization">{t(incident.kind === 'drill' ? 'organizationDrill' : 'organization')}</option>
          {apiClients.map(({ id, name }) => (
            <option key={id} value={id}>
              {t('apiClient', { name: showInvisible(name) })}
            </option>
          ))}
          <option value="connection">{t('connection')}</option>
        </Select>
      </Field>
      {(target === null || target.kind === 'connection') && (
        <OneConnection isDrill={incident.kind === 'drill'} chosenId={target?.id ?? ''} onChoose={onChoose} />
      )}
    </>
  )
}

type OneConnectionProps = { isDrill: boolean; chosenId: string; onChoose: TargetFieldProps['onChoose'] }

function OneConnection({ isDrill, chosenId, onChoose }: OneConnectionProps) {
  const t = useTranslations('incidents.step.which')
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data } = useQuery(connectionQueries.list({ ...(q !== '' && { q }), sort: 'name', direction: 'asc', limit: 20 }))
  const found = (data?.items ?? []).filter(({ status, environment }) => status !== 'disconnected' && (!isDrill || environment === 'SANDBOX'))
  const choose = (id: string) => {
    const connection = found.find((each) => each.id === id)
    onChoose(connection ? { target: { kind: 'connection', id }, name: showInvisible(connection.name) } : { target: null, name: null })
  }
  return (
    <>
      <Field label={t('search')}>
        <Input
          value={typed}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value)
            choose('')
          }}
        />
      </Field>
      <Field label={t('found')} required>
        <Select required value={chosenId} onChange={(event) => choose(event.target.value)}>
          <option value="">{t(data && found.length === 0 ? 'none' : 'choose')}</option>
          {found.map(({ id, name, upstreamId, apiClient }) => (
            <option key={id} value={id}>
              {t('option', { name: showInvisible(name), id: upstreamId, apiClient: showInvisible(apiClient.name) })}
            </option>
          ))}
        </Select>
      </Field>
    </>
  )
}
