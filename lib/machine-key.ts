import { toBase62, withChecksum, withoutChecksum } from './base62'

const SECRET = /^[0-9A-Za-z]{43}$/

export const MACHINE_KEY_PREFIXES = { PRODUCTION: 'krk_live_', SANDBOX: 'krk_test_' } as const
export type MachineKeyEnvironment = keyof typeof MACHINE_KEY_PREFIXES

/**
 * Spells a machine key: prefix, 43 base62 characters that carry 256 random bits, and a CRC-32 of both in six base62
 * characters, so that a mistyped key is known without asking anybody.
 *
 * @param bytes 32 random bytes
 */
export function formatMachineKey(environment: MachineKeyEnvironment, bytes: Uint8Array): string {
  if (bytes.length !== 32) throw new TypeError('a machine key is made of 32 random bytes')
  return withChecksum(`${MACHINE_KEY_PREFIXES[environment]}${toBase62(bytes, 43)}`)
}

/** The environment of a well-formed machine key; null for whatever is none, a mistyped one included. */
export function parseMachineKey(text: string): MachineKeyEnvironment | null {
  const environment = (['PRODUCTION', 'SANDBOX'] as const).find((each) => text.startsWith(MACHINE_KEY_PREFIXES[each]))
  if (!environment) return null
  const body = withoutChecksum(text)
  return body !== null && SECRET.test(body.slice(MACHINE_KEY_PREFIXES[environment].length)) ? environment : null
}
