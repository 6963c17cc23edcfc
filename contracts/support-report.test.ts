import { describe, expect, it } from 'vitest'
import type { Examination } from './xray'
import { supportReport } from './support-report'

const xray: Examination = {
  takenAt: '2026-03-01T12:00:00.000Z', upstream: { id: 'octorate', label: 'Octorate', apiBase: 'https://api.octorate.com/connect' }, login: 'api_client_refused',
  adminTokenEndsAt: null, configuration: null, reading: null, skewMs: -1_500,
  exchanges: [{
    method: 'POST', url: 'https://api.octorate.com/connect/rest/v1/identity/apilogin', requestHeaders: {}, requestForm: { client_secret: '••••1234' }, status: 401,
    responseHeaders: { 'request-id': '0b0e7c1c-6d0f-4d5c-9d52-3f0c1f6f2a11' }, responseBody: 'x', startedAt: '2026-03-01T12:00:00.000Z', durationMs: 5,
  }],
}

describe('the report for support', () => {
  it('names what support looks for: id, address, answer and its request id', () => {
    expect(supportReport('public_1', xray)).toBe([
      'Client id: public_1', 'API: https://api.octorate.com/connect', 'Taken at: 2026-03-01T12:00:00.000Z', 'ApiLogin: api_client_refused',
      'Clock: ours minus yours -1.5 s',
      'POST https://api.octorate.com/connect/rest/v1/identity/apilogin | status 401 | request-id 0b0e7c1c-6d0f-4d5c-9d52-3f0c1f6f2a11 | 2026-03-01T12:00:00.000Z',
    ].join('\n'))
  })

  it('holds nothing of a secret, also where one was pasted as the id', () => {
    expect(supportReport('secret_0d9c8b7a6f5e4d3c', xray)).toContain('Client id: ••••\n')
    expect(supportReport('public_1', xray)).not.toContain('1234')
  })

  it('gets no lines of its own from what Octorate answered', () => {
    const [call] = xray.exchanges
    const odd = { ...xray, exchanges: call ? [{ ...call, responseHeaders: { 'request-id': 'a\nApiLogin: accepted' } }] : [] }
    expect(supportReport('public_1', odd)).toContain('request-id a⟨U+000A⟩ApiLogin: accepted')
  })
})
