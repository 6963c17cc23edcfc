import type { StoryConsole } from '../support/shared-console'
import { plantConnections, type Planted } from '../support/plant-connections'
import { makeApiClient, makeOrganization, type TestOrganization } from '@/tests/make-organization'

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000]
const PEOPLE = { owner: 'Anna Lindqvist', developer: 'Jonas Weber', support: 'Chiara Greco', viewer: 'Tom Hughes' } as const

/** An integrator's company as it may look after a few months: two API clients and a dozen connections in every state. */
export async function makeNorthwind(console: StoryConsole): Promise<TestOrganization> {
  const organization = await makeOrganization({ ...console, name: 'Northwind Hotels Software' })
  for (const [role, person] of Object.entries(organization.people)) {
    await console.sql.query('UPDATE users SET name = $2, email = $3 WHERE id = $1', [
      person.id, PEOPLE[role as keyof typeof PEOPLE], `${role}-${person.id.slice(0, 4)}@northwind.example`,
    ])
  }
  const live = await makeApiClient(console, organization.id)
  await console.sql.query(`UPDATE api_clients SET name = 'Channel sync', environment = 'PRODUCTION', client_id = 'northwind-live' WHERE id = $1`, [live.id])
  await console.sql.query(`UPDATE api_clients SET name = 'Sandbox' WHERE id = $1`, [organization.apiClient.id])
  await console.sandbox.call('PATCH', `api-clients/${organization.apiClient.clientId}/configuration`, { applicationName: 'Northwind Channel Sync' })
  await plantConnections(console, organization, rowsOf(organization, live.id))
  return organization
}

function rowsOf({ people }: TestOrganization, apiClientId: string): readonly Planted[] {
  const live = { apiClientId, environment: 'PRODUCTION' as const }
  return [
    { ...live, name: 'Albergo del Ponte', upstreamId: '216082', leftMs: 47 * MINUTE, refreshedAgoMs: 23 * HOUR + 13 * MINUTE, connectedAgoMs: 96 * DAY },
    { ...live, name: 'Gasthof Becker', upstreamId: '255301', state: 'refresh_failing', cause: 'quota', outcome: 'failed:quota', leftMs: 3 * HOUR + 20 * MINUTE, refreshedAgoMs: 4 * MINUTE, connectedAgoMs: 41 * DAY, connectedBy: people.support.id },
    { ...live, name: 'Hôtel du Lac Bleu', upstreamId: '278802', leftMs: 6 * HOUR + 2 * MINUTE, refreshedAgoMs: 17 * HOUR + 58 * MINUTE, connectedAgoMs: 12 * DAY, connectedBy: people.developer.id },
    { ...live, name: 'Costa Serena Stays', upstreamId: '202101', network: ['Apartamentos Cala Blava', 'Masia Can Rovira', 'Hostal Puerto Viejo', 'Gràcia Terrace Rooms', 'Hotel Mirador del Ebro', 'Casa Azahar', 'Peñíscola Mar Suites'], leftMs: 9 * HOUR + 41 * MINUTE, refreshedAgoMs: 14 * HOUR + 19 * MINUTE, connectedAgoMs: 63 * DAY },
    { ...live, name: 'Limonaia di Ravello', upstreamId: '237210', state: 'reconnect_required', outcome: 'failed:reconnect_required', leftMs: -2 * HOUR, refreshedAgoMs: 3 * HOUR, connectedAgoMs: 118 * DAY },
    { ...live, name: 'Ξενοδοχείο Αύρα', upstreamId: '290114', leftMs: 12 * HOUR + 15 * MINUTE, refreshedAgoMs: 11 * HOUR + 45 * MINUTE, connectedAgoMs: 8 * DAY, connectedBy: people.developer.id },
    { ...live, name: 'Quinta das Oliveiras', upstreamId: '211402', state: 'refresh_failing', cause: 'upstream_unreachable', outcome: 'failed:upstream_unreachable', leftMs: 14 * HOUR, refreshedAgoMs: 31 * SECOND, connectedAgoMs: 77 * DAY },
    { ...live, name: 'Rossi Collection Roma', upstreamId: '210046', network: ['Residenza Trastevere 12', 'Palazzo Aurelia', 'Hotel Sette Pini', 'Monti Garden Suites', 'Villa dei Glicini', 'Albergo Testaccio', 'Ostia Lido Apartments', 'Hotel Fontana Chiara'], leftMs: 18 * HOUR + 50 * MINUTE, refreshedAgoMs: 5 * HOUR + 10 * MINUTE, connectedAgoMs: 140 * DAY },
    { ...live, name: 'Pension Müllerhof', upstreamId: '255309', leftMs: 21 * HOUR + 33 * MINUTE, refreshedAgoMs: 2 * HOUR + 27 * MINUTE, connectedAgoMs: 3 * DAY, connectedBy: people.support.id },
    { ...live, name: 'Maison Éloïse', upstreamId: '278817', leftMs: 22 * HOUR + 8 * MINUTE, refreshedAgoMs: HOUR + 52 * MINUTE, connectedAgoMs: 29 * DAY },
    { name: 'Locanda Bianchi', upstreamId: '324410', leftMs: 23 * HOUR + 31 * MINUTE, refreshedAgoMs: 29 * MINUTE, connectedAgoMs: 2 * DAY, connectedBy: people.developer.id },
    { ...live, name: 'Casa do Pátio', upstreamId: '211409', state: 'disconnected', refreshedAgoMs: 6 * DAY, connectedAgoMs: 55 * DAY },
  ]
}
