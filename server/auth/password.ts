import 'server-only'
import { hash, verify } from '@node-rs/argon2'

/** argon2id, 19 MB, two passes: about 60 ms on a small server. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** A hash of nothing that anybody knows: an unknown user costs the same time as a known one. */
const NOBODY = hash(crypto.randomUUID(), COST)

/** NFC before hashing, so that the same word typed on two keyboards is one password. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST)
}

export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const matches = await verify(stored ?? (await NOBODY), password.normalize('NFC'))
  return matches && stored !== null
}
