import { hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { KeyRing } from '../crypto/key-ring'
import { open, seal, SealError, type SealContext } from '../crypto/seal'

const FORMAT = 'keyrack backup'
const VERSION = 1
const SALT_BYTES = 32
const PROOF = 'keyrack backup'

const schema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  takenAt: z.iso.datetime(),
  /** The key that the stream's own key is derived from. */
  keyId: z.string(),
  salt: z.string(),
  /** A proof for each key that values in the backup are sealed with. */
  proofs: z.record(z.string(), z.string()),
})

/** First line of a backup, in the clear: what it takes to open the rest. Nothing of what is kept. */
export type BackupHeader = z.infer<typeof schema>

/** @param keyIds of every key that the database was written with */
export function makeHeader(keys: KeyRing, keyIds: readonly string[], takenAt: Date): BackupHeader {
  const proofs = [...new Set([keys.sealingKeyId, ...keyIds])].map((keyId) => {
    const alone: KeyRing = { ...keys, sealingKeyId: keyId }
    return [keyId, seal(alone, contextOf(keyId), PROOF)] as const
  })
  return {
    format: FORMAT, version: VERSION, takenAt: takenAt.toISOString(), keyId: keys.sealingKeyId,
    salt: randomBytes(SALT_BYTES).toString('base64url'), proofs: Object.fromEntries(proofs),
  }
}

/** @throws Error in plain words when the line is none of ours, or of a later Keyrack. */
export function parseHeader(line: string): BackupHeader {
  const parsed = schema.safeParse(readJson(line))
  if (parsed.success) return parsed.data
  const other = z.object({ format: z.literal(FORMAT), version: z.number() }).safeParse(readJson(line))
  throw new Error(
    other.success && other.data.version > VERSION
      ? 'This backup was made by a later Keyrack: restore it with that one.'
      : 'This file is no backup of Keyrack.',
  )
}

/** @throws Error that names each key that is missing, or is not the one that the backup was written with. */
export function requireKeysOf(header: BackupHeader, keys: KeyRing): void {
  const missing = Object.keys(header.proofs).filter((keyId) => !keys.find(keyId))
  if (missing.length > 0) {
    const names = missing.map((keyId) => `"${keyId}"`).join(', ')
    throw new Error(`This backup needs the key ${names}, which is not configured. Nothing was changed.`)
  }
  for (const [keyId, proof] of Object.entries(header.proofs)) {
    if (!opens(keys, keyId, proof)) {
      throw new Error(`Key "${keyId}" has the same id as the one of this backup and other bytes. Nothing was changed.`)
    }
  }
}

/** The key of one backup's stream. */
export function streamKey({ keyId, salt }: BackupHeader, keys: KeyRing): Buffer {
  const key = keys.find(keyId)
  if (!key) throw new TypeError('the keys of a backup are checked before its stream is opened')
  return Buffer.from(hkdfSync('sha256', key, Buffer.from(salt, 'base64url'), 'keyrack backup stream v1', 32))
}

function opens(keys: KeyRing, keyId: string, proof: string): boolean {
  try {
    return open(keys, contextOf(keyId), proof) === PROOF
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

function contextOf(keyId: string): SealContext {
  return { table: 'backup', column: 'proof', organizationId: '', rowId: keyId, version: VERSION }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
