#!/usr/bin/env node
// Makes keyrack-sandbox-<version>.tgz, which runs without the console: node bin/pack-sandbox.js [folder for the tgz].
// `build` and `clean` are what `npm pack` runs inside sandbox/ before and after itself.
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const sandbox = path.join(root, 'sandbox')
const PAPERS = ['README.md', 'LICENSE', 'seed.example.json']

const [wish = '.'] = process.argv.slice(2)
if (wish === 'build') await buildPackage(path.join(sandbox, 'dist'))
else if (wish === 'clean') await rm(path.join(sandbox, 'dist'), { recursive: true, force: true })
else console.log(await pack(path.resolve(wish)))

/** Packs in a folder of its own, so that nothing built stays among the sources. @returns the path of the tgz */
async function pack(destination) {
  const stage = await mkdtemp(path.join(tmpdir(), 'keyrack-sandbox-pack-'))
  try {
    await mkdir(destination, { recursive: true })
    for (const name of PAPERS) await cp(path.join(sandbox, name), path.join(stage, name))
    const { scripts: _, ...description } = JSON.parse(await readFile(path.join(sandbox, 'package.json'), 'utf8'))
    await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(description, null, 2)}\n`)
    await buildPackage(path.join(stage, 'dist'))
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', destination], { cwd: stage })
    const packed = JSON.parse(stdout)
    const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed)
    return path.join(destination, filename)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** The program, the library and the Playwright fixture as plain JavaScript that share their common part, and their types. */
async function buildPackage(folder) {
  await rm(folder, { recursive: true, force: true })
  await build({
    absWorkingDir: sandbox,
    entryPoints: {
      main: 'main.ts',
      'create-sandbox': 'create-sandbox.ts',
      playwright: 'playwright/sandbox-test.ts',
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
    chunkNames: 'shared-[hash]',
  })
  const program = path.join(folder, 'main.js')
  await writeFile(program, `#!/usr/bin/env node\n${await readFile(program, 'utf8')}`)
  await chmod(program, 0o755)
  await emitTypes(path.join(folder, 'types'))
}

async function emitTypes(folder) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const project = path.join(sandbox, 'tsconfig.types.json')
  await run(process.execPath, [tsc, '-p', project, '--outDir', folder]).catch((error) => {
    throw new Error(`The types cannot be written:\n${error.stdout ?? error}`)
  })
  await nameFilesWhole(folder)
}

/** Node's own resolution, unlike a bundler's, wants the ending of a file in every import. */
async function nameFilesWhole(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/(from |import\()(['"])(\.{1,2}\/[^'"]+)\2/g, '$1$2$3.js$2'))
  }
}
