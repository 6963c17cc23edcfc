import { build } from 'esbuild'

/** The programs that run outside Next, as plain JavaScript: Node 20 does not strip types. */
const PROGRAMS = {
  start: 'server/start/main.ts',
  sandbox: 'sandbox/main.ts',
  'embedded-postgres': 'server/database/embedded-postgres.ts',
}

/**
 * Bundles them into dist/. Packages stay outside; `server-only` resolves to its empty half by the condition
 * `react-server`.
 */
export async function bundle() {
  await build({
    entryPoints: PROGRAMS,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    conditions: ['react-server'],
    sourcemap: 'linked',
    logLevel: 'warning',
    alias: { '@': process.cwd(), 'server-only': './bin/empty.js' },
  })
}
