import { randomBytes } from 'node:crypto'
import type { Environment } from '@/contracts/api-clients'
import { formatMachineKey } from '@/lib/machine-key'
import { digest } from '../crypto/digest'
import { Secret } from '../crypto/secret'

interface MadeKey {
  /** Shown once and stored nowhere. */
  readonly key: Secret
  readonly digest: string
  readonly last4: string
}

/** A new machine key of 256 random bits, and what is stored of it. */
export function makeKey(environment: Environment): MadeKey {
  const key = Secret.of(formatMachineKey(environment, randomBytes(32)))
  return { key, digest: digest(key.reveal()), last4: key.last4 }
}
