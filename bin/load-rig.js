import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Bundles a module of the fault rig, which is TypeScript, hands it to `work`, and removes the bundle. */
export async function withRig(entry, work) {
  process.chdir(ROOT)
  const folder = await mkdtemp(path.join(ROOT, 'node_modules', '.keyrack-rig-'))
  try {
    const outfile = path.join(folder, 'rig.mjs')
    await build({
      entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20.19',
      packages: 'external', logLevel: 'error', alias: { '@': process.cwd(), 'server-only': './tests/server-only.ts' },
    })
    return await work(await import(pathToFileURL(outfile).href))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
