import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Folder of the embedded cluster of a data folder: inside it, or where root had to move it. Null before there is one. */
export async function findPostgresFolder(dataFolder: string): Promise<string | null> {
  const key = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 16)
  const places = [path.join(dataFolder, 'postgres'), path.join('/var/lib/keyrack', key, 'postgres')]
  return places.find((place) => existsSync(path.join(place, 'data'))) ?? null
}

/** Where the running embedded database of a data folder listens, with the password of one of its roles. */
export async function postgresUrl(dataFolder: string, role: 'admin' | 'owner' | 'app'): Promise<string> {
  const passwords = JSON.parse(await readFile(path.join(dataFolder, 'postgres.json'), 'utf8')) as Record<string, string>
  const port = await postgresPort(dataFolder)
  const database = role === 'admin' ? 'postgres' : 'keyrack'
  return `postgresql://keyrack_${role}:${passwords[role] ?? ''}@127.0.0.1:${port}/${database}`
}

/** PostgreSQL writes its port into the fourth line of its own file. */
export async function postgresPort(dataFolder: string): Promise<number> {
  const folder = await findPostgresFolder(dataFolder)
  if (!folder) throw new Error(`There is no database for ${dataFolder}`)
  const lines = (await readFile(path.join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(lines[3])
}
