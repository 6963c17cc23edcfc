import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTokenResponse, type ParsedToken } from './token-response'

const sentAt = new Date('2026-03-01T12:00:00.000Z')
const receivedAt = new Date('2026-03-01T12:00:01.000Z')
const at = (secondsAfterSent: number) => new Date(sentAt.getTime() + secondsAfterSent * 1000)
const read = (json: unknown, upstreamNow: Date | null = null) =>
  parseTokenResponse(json, { sentAt, receivedAt, upstreamNow })
const token = (fields: object, upstreamNow: Date | null = null): ParsedToken => {
  const result = read({ access_token: 'tok', ...fields }, upstreamNow)
  if (!result.ok) throw new TypeError(result.fault)
  return result.token
}
const ASSUMED = new Date(receivedAt.getTime() + 3_600_000)

const LASTING = [
  { name: 'no expires_in', fields: {}, at: null, bad: false },
  { name: 'expires_in as a number', fields: { expires_in: 86_400 }, at: at(86_400), bad: false },
  { name: 'expires_in as text', fields: { expires_in: '86400' }, at: at(86_400), bad: false },
  { name: 'unreadable expires_in', fields: { expires_in: 'a day' }, at: null, bad: true },
]
const UNTIL = [
  { name: 'no expireDate', fields: {}, at: null, bad: false },
  {
    name: 'expireDate',
    fields: { expireDate: '2026-03-02T12:00:00.5Z[UTC]' },
    at: new Date('2026-03-02T12:00:00.500Z'),
    bad: false,
  },
  {
    name: 'expireDate without zone',
    fields: { expireDate: '2026-03-02T12:00:00' },
    at: new Date('2026-03-02T11:00:00Z'),
    bad: true,
  },
  { name: 'unreadable expireDate', fields: { expireDate: 'Mar 2, 2026' }, at: null, bad: true },
]
const REFRESH = [
  { name: 'no refresh token', fields: {}, expected: null },
  { name: 'an empty one', fields: { refresh_token: '' }, expected: null },
  { name: 'a refresh token', fields: { refresh_token: 'ref' }, expected: 'ref' },
]
const table = LASTING.flatMap((lasting) =>
  UNTIL.flatMap((until) => REFRESH.map((refresh) => ({ lasting, until, refresh }))),
)

describe('every combination of fields', () => {
  test('is 48 of them', () => {
    expect(table).toHaveLength(48)
  })

  test.each(table)('reads $lasting.name, $until.name, $refresh.name', ({ lasting, until, refresh }) => {
    const result = token({ ...lasting.fields, ...until.fields, ...refresh.fields })
    const known = [lasting.at, until.at].filter((date) => date !== null)
    const driftMs = lasting.at && until.at ? until.at.getTime() - lasting.at.getTime() : 0
    const source = known.length === 2 ? 'both' : lasting.at ? 'expires_in' : until.at ? 'expireDate' : 'assumed'
    expect(result).toEqual({
      accessToken: 'tok',
      refreshToken: refresh.expected,
      tokenType: null,
      expiresAt: known.length === 0 ? ASSUMED : new Date(Math.min(...known.map(Number))),
      expirySource: source,
      expiryFlagged: lasting.bad || until.bad || known.length === 0 || Math.abs(driftMs) > 60_000,
      driftMs,
    })
  })
})

describe('expiry', () => {
  test('takes the earlier of two that disagree by over a minute, and flags it', () => {
    expect(token({ expires_in: 3_600, expireDate: '2026-03-01T13:01:01Z' })).toMatchObject({
      expiresAt: at(3_600),
      driftMs: 61_000,
      expiryFlagged: true,
    })
    expect(token({ expires_in: 3_600, expireDate: '2026-03-01T12:58:00Z' })).toMatchObject({
      expiresAt: at(3_480),
      driftMs: -120_000,
      expiryFlagged: true,
    })
    expect(token({ expires_in: 3_600, expireDate: '2026-03-01T13:01:00Z' })).toMatchObject({ expiryFlagged: false })
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 63, true, [], {}, '', '-5', '1e5', ' 5', '0x10'])(
    'assumes an hour and says so when expires_in is %j',
    (expiresIn) => {
      expect(token({ expires_in: expiresIn })).toMatchObject({
        expiresAt: ASSUMED,
        expirySource: 'assumed',
        expiryFlagged: true,
      })
    },
  )

  test.each([[86_399.9], ['86399.9']])('rounds %j down to whole seconds', (expiresIn) => {
    expect(token({ expires_in: expiresIn }).expiresAt).toEqual(at(86_399))
  })

  test('flags an expiry that is past on arrival, because a new token is not dead', () => {
    expect(token({ expireDate: '2026-03-01T11:00:00Z' })).toMatchObject({ expiresAt: at(-3_600), expiryFlagged: true })
  })

  test('subtracts the lead of a clock that runs ahead, so that no dead token is believed alive', () => {
    const tenMinutesAhead = new Date(receivedAt.getTime() + 600_000)
    const tenMinutesBehind = new Date(receivedAt.getTime() - 600_000)
    expect(token({ expireDate: '2026-03-01T13:10:01Z' }, tenMinutesAhead).expiresAt).toEqual(at(3_601))
    expect(token({ expireDate: '2026-03-01T12:50:01Z' }, tenMinutesBehind).expiresAt).toEqual(at(3_001))
    expect(token({ expireDate: '2026-03-01T13:00:00Z' }, new Date('2030-01-01')).expiresAt).toEqual(at(3_600))
    expect(token({ expires_in: 3_600 }, tenMinutesAhead).expiresAt).toEqual(at(3_600))
  })
})

describe('tokens', () => {
  test('reads both spellings', () => {
    expect(read({ accessToken: 'a', refreshToken: 'r' })).toMatchObject({
      ok: true,
      token: { accessToken: 'a', refreshToken: 'r' },
    })
    expect(read({ access_token: 'a', accessToken: 'a' })).toMatchObject({ ok: true, token: { accessToken: 'a' } })
    expect(read({ access_token: null, accessToken: 'a' })).toMatchObject({ ok: true, token: { accessToken: 'a' } })
  })

  test.each([null, '', undefined])(
    'takes the refresh token %j for absent, so that the stored one is kept',
    (refresh) => {
      expect(token({ refresh_token: refresh }).refreshToken).toBeNull()
    },
  )

  test.each(['Bearer', 'bearer', 'BEARER'])('takes the token type %s', (tokenType) => {
    expect(token({ token_type: tokenType }).tokenType).toBe('bearer')
  })

  test.each<[unknown, string]>([
    [null, 'not_an_object'],
    ['tok', 'not_an_object'],
    [[{ access_token: 'a' }], 'not_an_object'],
    [{}, 'no_access_token'],
    [{ access_token: '' }, 'no_access_token'],
    [{ access_token: null }, 'no_access_token'],
    [{ ACCESS_TOKEN: 'a' }, 'no_access_token'],
    [{ data: { access_token: 'a' } }, 'no_access_token'],
    [{ access_token: 5 }, 'bad_access_token'],
    [{ access_token: ['a'] }, 'bad_access_token'],
    [{ access_token: 'a b' }, 'bad_access_token'],
    [{ access_token: 'a\r\nX: y' }, 'bad_access_token'],
    [{ access_token: 'é' }, 'bad_access_token'],
    [{ access_token: 'a'.repeat(8_193) }, 'bad_access_token'],
    [{ access_token: 'a', refresh_token: 5 }, 'bad_refresh_token'],
    [{ access_token: 'a', refresh_token: 'r\u0000' }, 'bad_refresh_token'],
    [{ access_token: 'a', accessToken: 'b' }, 'contradictory_tokens'],
    [{ access_token: 'a', refresh_token: 'r', refreshToken: 's' }, 'contradictory_tokens'],
    [{ access_token: 'a', token_type: 'mac' }, 'bad_token_type'],
    [{ access_token: 'a', token_type: 5 }, 'bad_token_type'],
  ])('refuses %j as %s', (json, fault) => {
    expect(read(json)).toEqual({ ok: false, fault })
  })

  test('never throws and never gives an invalid date', () => {
    const fields = fc.record(
      {
        access_token: fc.constant('a'),
        expires_in: fc.anything(),
        expireDate: fc.anything(),
        refresh_token: fc.anything(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fields, fc.anything()), (json) => {
        const result = read(json)
        expect(result.ok ? Number.isNaN(result.token.expiresAt.getTime()) : false).toBe(false)
      }),
      { numRuns: 3_000 },
    )
  })
})
