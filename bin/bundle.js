import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)))

/** The programs that run outside Next, as plain JavaScript: Node 20 does not strip types. */
const PROGRAMS = {
  start: 'server/start/main.ts',
  worker: 'server/start/worker.ts',
  xray: 'server/start/xray.ts',
  admin: 'server/start/admin.ts',
  audit: 'server/start/audit.ts',
  erase: 'server/start/erase.ts',
  'access-review': 'server/start/access-review.ts',
  backup: 'server/start/backup.ts',
  keys: 'server/start/keys.ts',
  upgrade: 'server/start/upgrade.ts',
  doctor: 'server/start/doctor.ts',
  doubts: 'server/start/doubts.ts',
  'move-database': 'server/start/move-database.ts',
  sandbox: 'sandbox/main.ts',
  cli: 'sdk/cli/main.ts',
  'embedded-postgres': 'server/database/embedded-postgres.ts',
  'postgres-binaries': 'server/database/postgres-binaries.ts',
}

/**
 * Bundles them, or those named, into dist/. Packages stay outside; `server-only` resolves to its empty half by the
 * condition `react-server`. Only `start` and `worker` need the generated database client.
 */
export async function bundle(names = Object.keys(PROGRAMS), outdir = 'dist') {
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, PROGRAMS[name]])),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    conditions: ['react-server'],
    sourcemap: 'linked',
    logLevel: 'warning',
    alias: { '@': root, 'server-only': './bin/empty.js' },
  })
}
