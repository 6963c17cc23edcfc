import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { findDatabaseUrl } from './find-database-url.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
const PROGRAM = path.join(ROOT, 'bench/refresh/dist/seed.mjs')

/**
 * Plants an organization with connections, each with a live grant of its own at the sandbox, into a running console.
 *
 * @returns ids of the organization and of its API client
 */
export async function plantConnections({ dataFolder, sandboxUrl, connections, defer }) {
  defer(() => rm(path.dirname(PROGRAM), { recursive: true, force: true }))
  await build({
    entryPoints: [path.join(ROOT, 'bench/refresh/seed.ts')], outfile: PROGRAM, bundle: true, platform: 'node', format: 'esm', target: 'node20.19',
    packages: 'external', conditions: ['react-server'], logLevel: 'warning',
    alias: { '@': ROOT, 'server-only': path.join(ROOT, 'bin/empty.js') },
  })
  const wish = { dataFolder, databaseUrl: await findDatabaseUrl(dataFolder, 'owner'), sandboxUrl, connections }
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, JSON.stringify(wish)], { cwd: ROOT })
  return JSON.parse(stdout)
}
