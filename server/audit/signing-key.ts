import 'server-only'
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import type { ClientBase } from 'pg'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, SealError } from '../crypto/seal'
import { rawPublicKey } from './checkpoint'

export interface SigningKey {
  readonly id: string
  readonly privateKey: KeyObject
}

type Queryable = Pick<ClientBase, 'query'>

const contextOf = (rowId: string) => ({ table: 'audit_signing_keys', column: 'private_sealed', organizationId: 'none', rowId, version: 1 })

/** The newest signing key that opens; a new one where there is none, or where the key that sealed it is gone for good. */
export async function takeSigningKey(client: Queryable, now: Date): Promise<SigningKey> {
  const [newest] = await openSigningKeys(client)
  if (newest) return newest
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const id = randomUUID()
  const sealed = seal(requireKeys(), contextOf(id), privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
  await client.query('INSERT INTO audit_signing_keys (id, public_key, private_sealed, created_at) VALUES ($1, $2, $3, $4)', [
    id, rawPublicKey(publicKey), sealed, now,
  ])
  return { id, privateKey }
}

/**
 * Public keys that this Keyrack signed with, by id, the newest first: derived from the sealed halves, so that nobody
 * without the key-encryption key can put one of their own among them.
 */
export async function readTrustedKeys(client: Queryable): Promise<ReadonlyMap<string, string>> {
  const keys = await openSigningKeys(client)
  return new Map(keys.map(({ id, privateKey }) => [id, rawPublicKey(createPublicKey(privateKey))]))
}

async function openSigningKeys(client: Queryable): Promise<SigningKey[]> {
  const { rows } = await client.query<{ id: string; private_sealed: string }>(
    'SELECT id, private_sealed FROM audit_signing_keys ORDER BY created_at DESC, id DESC',
  )
  return rows.flatMap(({ id, private_sealed: sealed }) => {
    try {
      return [{ id, privateKey: createPrivateKey(open(requireKeys(), contextOf(id), sealed)) }]
    } catch (error) {
      if (error instanceof SealError) return []
      throw error
    }
  })
}
