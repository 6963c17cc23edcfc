import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Address of the running embedded database of a data folder, as `owner` or `app`. */
export async function findDatabaseUrl(dataFolder, role) {
  const key = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 16)
  const places = [path.join(dataFolder, 'postgres'), path.join('/var/lib/keyrack', key, 'postgres')]
  const place = places.find((each) => existsSync(path.join(each, 'data')))
  if (!place) throw new Error(`There is no database for ${dataFolder}`)
  const passwords = JSON.parse(await readFile(path.join(dataFolder, 'postgres.json'), 'utf8'))
  // PostgreSQL writes its port into the fourth line of its own file.
  const port = (await readFile(path.join(place, 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]
  return `postgresql://keyrack_${role}:${passwords[role]}@127.0.0.1:${port}/keyrack`
}
