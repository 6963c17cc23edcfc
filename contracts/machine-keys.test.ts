import { expect, describe, test } from 'vitest'
import vectors from '../tests/vectors/ipv4-cidr.json'
import { createMachineKeyInput, rotateMachineKeyInput } from './machine-keys'

const wish = { name: 'Back end', environment: 'SANDBOX', scopes: ['tokens:read'] }
const parse = (part: object) => createMachineKeyInput.safeParse({ ...wish, ...part })

describe('the addresses of a key', () => {
  test.each(vectors)('$input: $verdict ($why)', ({ input, verdict, canonical }) => {
    const parsed = parse({ addresses: [input] })
    const isTaken = verdict === 'accept' || verdict === 'warn'
    expect(parsed.success ? parsed.data.addresses : null).toEqual(isTaken ? [canonical] : null)
  })

  test('are refused with what is wrong, where, and what was perhaps meant', () => {
    const parsed = parse({ addresses: ['8.8.8.8', '8.8.8.8/24'] })
    expect(parsed.error?.issues).toEqual([
      expect.objectContaining({
        path: ['addresses', 1],
        message: 'is no IPv4 address or network that restricts anything: host_bits at character 9, perhaps 8.8.8.0/24',
      }),
    ])
  })

  test('are kept once each, by their canonical spelling', () => {
    expect(parse({ addresses: ['8.8.8.8/32', '8.8.8.8'] }).data?.addresses).toEqual(['8.8.8.8'])
  })
})

describe('a key', () => {
  test('has at least one scope, because one without is of no use to anybody', () => {
    expect(parse({ scopes: [] }).success).toBe(false)
    expect(parse({ scopes: ['keys:create'] }).success).toBe(false)
    expect(parse({ scopes: ['tokens:read', 'tokens:read'] }).data?.scopes).toEqual(['tokens:read'])
  })

  test('has ids of properties without blanks, once each', () => {
    expect(parse({ properties: ['324410', '324410'] }).data?.properties).toEqual(['324410'])
    for (const id of ['', ' ', '32 44', 'é', 'x'.repeat(101)]) expect(parse({ properties: [id] }).success).toBe(false)
  })

  test('lives as long as nobody says, or never ends when that is said', () => {
    expect(parse({}).data).not.toHaveProperty('expiresAt')
    expect(parse({ expiresAt: null }).data).toMatchObject({ expiresAt: null })
    expect(parse({ expiresAt: 'never' }).success).toBe(false)
  })
})

describe('the end of a replaced key', () => {
  test.each([
    [true, { endsInHours: 0 }],
    [true, { endsInHours: 168 }],
    [true, { endsAt: '2026-04-01T00:00:00.000Z' }],
    [false, { endsInHours: -1 }],
    [false, { endsInHours: 2_161 }],
    [false, { endsInHours: 1.5 }],
    [false, { endsInHours: 0, endsAt: '2026-04-01T00:00:00.000Z' }],
    [false, {}],
  ])('is taken or not (%s): %j', (isTaken, oldKey) => {
    expect(rotateMachineKeyInput.safeParse({ oldKey }).success).toBe(isTaken)
  })
})
