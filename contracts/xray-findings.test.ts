import { describe, expect, it } from 'vitest'
import type { Examination } from './xray'
import { toFindings } from './xray-findings'

const refused: Examination = {
  takenAt: '2026-03-01T12:00:00.000Z', upstream: { id: 'octorate', label: 'Octorate', apiBase: 'https://api.octorate.com/connect' },
  login: 'api_client_refused', adminTokenEndsAt: null, configuration: null, reading: null, skewMs: null, exchanges: [],
}
const configuration: NonNullable<Examination['configuration']> = {
  readAt: '2026-03-01T12:00:00.000Z', environment: 'SANDBOX', redirectUris: ['https://localhost'], applicationName: null, category: null, iconName: null,
  listedToAllUsers: null, descriptions: {}, quota: { limit: 100, left: 99, status: null }, permissions: [], active: true, maintenance: false, authMethod: null,
  authorizationPages: [], configName: null, uniqueId: null, buildNumber: null, fiscalVersion: null, reseller: [], unknown: [],
}
const accepted: Examination = { ...refused, login: 'accepted', configuration, skewMs: 300 }
const statusesOf = (examination: Examination) => toFindings(examination).map(({ id, status }) => `${id} ${status}`)

describe('the findings of an X-ray', () => {
  it('say why the log-in failed, and nothing that nobody knows then', () => {
    expect(toFindings(refused)).toEqual([{ id: 'login', status: 'fail', text: 'notAccepted', values: {}, code: 'api_client_refused', lines: null }])
  })

  it('are all well where all is well', () => {
    expect(statusesOf(accepted)).toEqual(['login pass', 'environment pass', 'uris pass', 'clock pass'])
  })

  it('keep a log-in that worked apart from a read that did not', () => {
    expect(statusesOf({ ...accepted, configuration: null, reading: 'upstream_quota' })).toEqual(['login pass', 'reading fail', 'clock pass'])
  })

  it('warn of what was not told, is empty, or is far off', () => {
    const odd = { ...configuration, environment: null, redirectUris: null, active: false, maintenance: true }
    expect(statusesOf({ ...accepted, configuration: odd, skewMs: -5_001 })).toEqual(['login pass', 'environment warn', 'uris warn', 'active fail', 'maintenance warn', 'clock warn'])
    expect(statusesOf({ ...accepted, skewMs: -5_000 })).toContain('clock pass')
  })
})
