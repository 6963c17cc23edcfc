import { describe, expect, test } from 'vitest'
import { checkMachineKey, NO_MISTAKES, type MachineKeyValues } from './check-machine-key'

const NOW_MS = Date.parse('2026-03-16T09:10:11.360Z')
const DAY_MS = 24 * 60 * 60 * 1000
const values: MachineKeyValues = {
  name: 'Back end', environment: 'SANDBOX', scopes: ['tokens:read'], isPersonal: false, properties: '', addresses: '', lifetime: '365', expiresOn: '',
}
const check = (part: Partial<MachineKeyValues> = {}) => checkMachineKey({ ...values, ...part }, NOW_MS)

describe('the form of a new key', () => {
  test('is sent as it stands when nothing is wrong, and a year is what the server gives by itself', () => {
    expect(check()).toEqual({
      mistakes: NO_MISTAKES,
      body: { name: 'Back end', environment: 'SANDBOX', scopes: ['tokens:read'], isPersonal: false, properties: [], addresses: [] },
    })
    expect(check().mistakes).toBe(NO_MISTAKES)
  })

  test('takes lists by line and by comma, whatever blanks and empty lines are between', () => {
    const { mistakes, body } = check({ properties: ' 324410 \n\n324411,', addresses: '8.8.8.8\r\n 8.8.4.0/24 ' })
    expect(mistakes).toBe(NO_MISTAKES)
    expect(body).toMatchObject({ properties: ['324410', '324411'], addresses: ['8.8.8.8', '8.8.4.0/24'] })
  })

  test('names the fields that the server would refuse', () => {
    expect(check({ name: ' ', scopes: [] }).mistakes).toEqual({ name: true, scopes: true })
  })

  test('says which address is wrong, where, and what was perhaps meant', () => {
    expect(check({ addresses: '8.8.8.8\n8.8.8.8/24\n8.8.8.08\n0.0.0.0/0' }).mistakes.addresses).toEqual([
      { entry: '8.8.8.8/24', code: 'host_bits', position: 9, suggestions: ['8.8.8.0/24'] },
      { entry: '8.8.8.08', code: 'leading_zero', position: 7, suggestions: [] },
      { entry: '0.0.0.0/0', code: 'any', position: null, suggestions: [] },
    ])
  })

  test('says which id is wrong, and when there are too many', () => {
    const many = (count: number, entry: (index: number) => string) => Array.from({ length: count }, (_, index) => entry(index)).join('\n')
    expect(check({ properties: '324410\n32 44' }).mistakes).toEqual({ properties: 2 })
    expect(check({ properties: many(1_001, String) }).mistakes).toEqual({ properties: 'tooMany' })
    expect(check({ addresses: many(101, (index) => `8.8.8.${index}`) }).mistakes).toEqual({ addresses: 'tooMany' })
  })
})

describe('the life of a new key', () => {
  test.each(['30', '90'] as const)('is %s days from now', (lifetime) => {
    expect(check({ lifetime }).body.expiresAt).toBe(new Date(NOW_MS + Number(lifetime) * DAY_MS).toISOString())
  })

  test('is without an end only by choice', () => {
    expect(check({ lifetime: 'never' }).body.expiresAt).toBeNull()
  })

  test.each([
    ['2026-03-16', '2026-03-16T23:59:59.999Z'],
    ['2026-03-15', null],
    ['2036-03-12', '2036-03-12T23:59:59.999Z'],
    ['2036-03-13', null],
    ['', null],
    ['20266-01-01', null],
    ['2027-04-31', null],
  ])('on the day %s ends with it, within ten years: %s', (expiresOn, expiresAt) => {
    const { mistakes, body } = check({ lifetime: 'date', expiresOn })
    expect(mistakes).toEqual(expiresAt === null ? { expiresOn: true } : {})
    expect(body.expiresAt).toBe(expiresAt ?? undefined)
  })

  test('does not depend on a day that was typed before another choice was made', () => {
    expect(check({ lifetime: '365', expiresOn: 'x' }).mistakes).toBe(NO_MISTAKES)
  })
})
