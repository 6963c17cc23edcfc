import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { SESSION_COOKIE } from '../auth/session-cookie'
import type { Env } from '../env'
import { keyFile } from '../start/key-source'
import { publicAddress } from '../start/public-address'
import { about, type Finding } from './finding'

const LEAST_FREE_MB = 1_000
const OLDEST_NODE = [20, 19] as const

/** What this machine is like, without database or network. */
export async function examineMachine(env: Env, dataFolder: string, nodeVersion = process.versions.node): Promise<Finding[]> {
  return [examineNode(nodeVersion), ...examineAddress(env), ...(await examineKeyFile(env, dataFolder)), await examineDisk(dataFolder), await examineSpool(dataFolder)]
}

function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isTooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  if (isTooOld) return about('versions', 'Node').problem(`This is Node ${version}.`, 'Install Node 22 or 24.')
  if (major === 20) return about('versions', 'Node').warning(`Node ${version} is past its support.`, 'Install Node 22 or 24.')
  return about('versions', 'Node').ok(`Node ${version}.`)
}

function examineAddress(env: Env): Finding[] {
  try {
    const { url, isLoopback } = publicAddress(env)
    const cookies = about('https', 'Cookies').ok(`${SESSION_COOKIE} is bound to this host and sent over https${isLoopback ? ', or to this machine,' : ''} only.`)
    if (isLoopback) return [about('https', 'Address').warning(`Browsers reach Keyrack at ${url}, on this machine alone.`, 'Set KEYRACK_URL to an https address before customers are to come.'), cookies]
    return [about('https', 'Address').ok(`${url}: https, so secure cookies reach browsers and Octorate takes the redirect URI.`), cookies]
  } catch (error) {
    return [about('https', 'Address').problem(error instanceof Error ? error.message : String(error), 'Set KEYRACK_URL, KEYRACK_TLS and TRUSTED_PROXIES as .env.example says.')]
  }
}

async function examineKeyFile(env: Env, dataFolder: string): Promise<Finding[]> {
  const file = env.KEYRACK_KEYS_FILE ?? (env.KEYRACK_KEYS || env.KEYRACK_KEYS_COMMAND || env.DATABASE_URL ? null : keyFile(dataFolder))
  const facts = file === null ? null : await stat(file).catch(() => null)
  if (!facts) return []
  const others = facts.mode & 0o007
  return [
    others === 0
      ? about('keys', 'Key file').ok(`${file} is closed to other users.`)
      : about('keys', 'Key file').problem(`Any user of this machine may read ${file}.`, `chmod 600 ${file}, and replace the key (keyrack keys).`),
  ]
}

async function examineDisk(dataFolder: string): Promise<Finding> {
  const facts = await statfs(dataFolder).catch(() => null)
  if (!facts) return about('disk', 'Disk').warning(`${dataFolder} is not there yet.`, 'Start Keyrack once.')
  const freeMb = Math.round((facts.bavail * facts.bsize) / 1e6)
  if (freeMb < LEAST_FREE_MB) return about('disk', 'Disk').problem(`${freeMb} MB are free where ${dataFolder} lies.`, 'Make room: a full disk stops every write, and answers of Octorate have one megabyte set aside.')
  return about('disk', 'Disk').ok(`${freeMb} MB are free where ${dataFolder} lies.`)
}

async function examineSpool(dataFolder: string): Promise<Finding> {
  const names = await readdir(path.join(dataFolder, 'spool')).catch(() => [])
  const damaged = names.filter((name) => name.endsWith('.damaged')).length
  if (damaged > 0) return about('disk', 'Spool').problem(`${damaged} answers in the spool can't be read.`, 'Restore them from a copy of the disk, or reconnect what they belong to.')
  const waiting = names.filter((name) => name.endsWith('.json')).length
  if (waiting > 0) return about('disk', 'Spool').warning(`${waiting} answers wait for the database.`, 'Start Keyrack with its database: it takes them by itself.')
  return about('disk', 'Spool').ok('Empty: no answer waits for the database.')
}
