import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Break } from './breaks'

export interface Programs {
  /** A process of the console without its pages. */
  readonly console: string
  readonly sandbox: string
  remove(): Promise<void>
}

/** Bundles the rig's programs once, as they are or with one rule of the server taken out. */
export async function bundlePrograms(broken?: Break): Promise<Programs> {
  // Inside the project, so that the packages beside it are found.
  const folder = await mkdtemp(path.join(process.cwd(), 'node_modules', '.keyrack-rig-'))
  await build({
    entryPoints: { console: 'tests/rig/console-program.ts', sandbox: 'tests/rig/sandbox-program.ts' },
    outdir: folder, bundle: true, platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' },
    target: 'node20.19', packages: 'external', logLevel: 'silent',
    alias: { '@': process.cwd(), 'server-only': './tests/server-only.ts' },
    plugins: broken ? [takeOut(broken)] : [],
  })
  return {
    console: path.join(folder, 'console.mjs'),
    sandbox: path.join(folder, 'sandbox.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Changes one place of one source file on its way into the bundle; the source itself never knows. */
function takeOut({ name, file, find, replace }: Break): Plugin {
  const target = path.resolve(file)
  return {
    name: `break-${name}`,
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, async ({ path: loaded }) => {
        if (loaded !== target) return undefined
        const source = await readFile(loaded, 'utf8')
        if (source.split(find).length !== 2) throw new Error(`the break "${name}" does not fit ${file} any more`)
        return { contents: source.replace(find, replace), loader: 'ts' }
      })
    },
  }
}
