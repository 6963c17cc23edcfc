import { deriveFrom } from './derivation-root'
import type { KeyRing } from './key-ring'

/** Keys that may change while the process runs. Whoever holds this ring always uses the present ones. */
export interface LiveKeys extends KeyRing {
  /** From now on these seal and open. */
  replace(keys: KeyRing): void
}

interface Given {
  readonly root: Buffer
  /** Reads the keys anew, when an envelope names one that is not known: another process learnt of it earlier. */
  readonly readNow?: () => KeyRing | null
  readonly clock?: () => number
}

/** Somebody who feeds us unknown key ids makes us read no more often than this. */
const READ_AGAIN_MS = 1_000

export function makeLiveKeys(first: KeyRing, { root, readNow, clock = () => performance.now() }: Given): LiveKeys {
  let current = first
  let lastReadAt = -Infinity
  const findAnew = (keyId: string) => {
    if (!readNow || clock() - lastReadAt < READ_AGAIN_MS) return undefined
    lastReadAt = clock()
    // For opening only: what seals is decided once the database has agreed to it.
    return readNow()?.find(keyId)
  }
  return {
    get sealingKeyId() {
      return current.sealingKeyId
    },
    find: (keyId) => current.find(keyId) ?? findAnew(keyId),
    derive: (purpose) => deriveFrom(root, purpose),
    replace: (keys) => void (current = keys),
  }
}
