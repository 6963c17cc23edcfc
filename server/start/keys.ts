import path from 'node:path'
import pg from 'pg'
import { recordCommand } from '../audit/record-command'
import type { KeyRing } from '../crypto/key-ring'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import { countByKey, resealAll } from '../crypto/reseal'
import { reachDatabase } from '../database/reach-database'
import { readEnv } from '../env'
import { checkKeys } from './check-keys'
import { keySource } from './key-source'

const USAGE = 'Usage: keyrack keys            which keys there are, and how many values each has sealed\n' +
  '       keyrack keys new ID     prints a new key\n' +
  '       keyrack keys reseal     seals every value anew with the first key\n' +
  '       keyrack keys retire ID  so that a key need not be configured any more'

interface Command {
  readonly root: string
  readonly args: readonly string[]
  readonly say: (line: string) => void
}

interface Hands {
  readonly keys: KeyRing
  readonly client: pg.Client
  readonly ownerUrl: string
  readonly say: (line: string) => void
}

/**
 * `keyrack keys`: what it takes to replace the key-encryption key while consoles and workers run.
 *
 * @throws Error with a sentence for whoever typed it.
 */
export async function runKeys({ root, args, say }: Command): Promise<void> {
  const [verb = 'list', keyId] = args
  if (verb === 'new' && keyId) return say(printable(keyId))
  if (verb === 'list' && args.length <= 1) return withDatabase(root, say, list)
  if (verb === 'reseal' && args.length === 1) return withDatabase(root, say, reseal)
  if (verb === 'retire' && keyId && args.length === 2) return withDatabase(root, say, (hands) => retire(hands, keyId))
  throw new Error(USAGE)
}

function printable(keyId: string): string {
  const key = makeKey(keyId)
  parseKeys(key)
  return key
}

async function withDatabase(root: string, say: (line: string) => void, work: (hands: Hands) => Promise<void>): Promise<void> {
  const env = readEnv()
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const source = keySource(env, dataFolder)
  if (!source) throw new Error('No key is configured: set KEYRACK_KEYS, KEYRACK_KEYS_FILE or KEYRACK_KEYS_COMMAND.')
  const keys = parseKeys(await source.read())
  const { ownerUrl, close } = await reachDatabase(env, dataFolder)
  const client = new pg.Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    await checkKeys(client, keys)
    await work({ keys, client, ownerUrl, say })
  } finally {
    await client.end()
    await close()
  }
}

async function list({ keys, client, say }: Hands): Promise<void> {
  const counts = await countByKey(client)
  const { rows } = await client.query<{ key_id: string; retired_at: Date | null }>('SELECT key_id, retired_at FROM encryption_keys ORDER BY created_at')
  for (const { key_id: keyId, retired_at: retiredAt } of rows) {
    const role = keyId === keys.sealingKeyId ? 'seals' : retiredAt ? 'retired' : 'opens'
    say(`${keyId.padEnd(20)}  ${role.padEnd(8)}  ${counts.get(keyId) ?? 0} values`)
  }
}

async function reseal({ keys, client, ownerUrl, say }: Hands): Promise<void> {
  let said = 0
  const { resealed, unreadable } = await resealAll(client, keys, (done) => {
    if (done - said < 5_000) return
    said = done
    say(`${done} values are sealed anew …`)
  })
  await recordCommand(ownerUrl, 'encryption_key.resealed', { keyId: keys.sealingKeyId, resealed })
  say(`${resealed} values were sealed anew with key "${keys.sealingKeyId}".`)
  if (unreadable > 0) throw new Error(`${unreadable} values do not open with any key and stayed as they are.`)
}

async function retire({ keys, client, ownerUrl, say }: Hands, keyId: string): Promise<void> {
  if (keyId === keys.sealingKeyId) throw new Error(`Key "${keyId}" is the one that seals: put another one first.`)
  const left = (await countByKey(client)).get(keyId) ?? 0
  if (left > 0) throw new Error(`Key "${keyId}" still sealed ${left} values: run "keyrack keys reseal" first, once every process uses the new key.`)
  const { rowCount } = await client.query('UPDATE encryption_keys SET retired_at = now() WHERE key_id = $1 AND retired_at IS NULL', [keyId])
  if (rowCount === 0) throw new Error(`There is no key "${keyId}" that is not retired yet.`)
  await recordCommand(ownerUrl, 'encryption_key.retired', { keyId })
  say(`Key "${keyId}" is retired: take it out of the configuration, and keep it as long as backups that need it.`)
}
