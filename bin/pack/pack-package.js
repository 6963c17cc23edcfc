import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Does what the script's argument asks for: `build` and `clean` are what `npm pack` runs inside the folder before and
 * after itself; anything else is where the tgz is put, whose path is printed.
 *
 * @param {{ folder: string, papers: string[], entryPoints: Record<string, string>, program: string }} about one of our
 * folders that is a package of its own: its papers besides package.json, what it is entered by, and which of that is run
 */
export async function packPackage(about) {
  const [wish = '.'] = process.argv.slice(2)
  const dist = path.join(root, about.folder, 'dist')
  if (wish === 'build') await buildPackage(about, dist)
  else if (wish === 'clean') await rm(dist, { recursive: true, force: true })
  else console.log(await pack(about, path.resolve(wish)))
}

/** Packs in a folder of its own, so that nothing built stays among the sources. @returns the path of the tgz */
async function pack(about, destination) {
  const stage = await mkdtemp(path.join(tmpdir(), 'keyrack-pack-'))
  const source = path.join(root, about.folder)
  try {
    await mkdir(destination, { recursive: true })
    for (const name of about.papers) await cp(path.join(source, name), path.join(stage, name))
    const { scripts: _, ...description } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'))
    await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(description, null, 2)}\n`)
    await buildPackage(about, path.join(stage, 'dist'))
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', destination], { cwd: stage })
    const packed = JSON.parse(stdout)
    const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed)
    return path.join(destination, filename)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** What it is entered by, as plain JavaScript that shares its common part, and the types. */
async function buildPackage({ folder, entryPoints, program }, dist) {
  await rm(dist, { recursive: true, force: true })
  await build({
    absWorkingDir: path.join(root, folder),
    entryPoints,
    outdir: dist,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
    chunkNames: 'shared-[hash]',
  })
  const file = path.join(dist, `${program}.js`)
  await writeFile(file, `#!/usr/bin/env node\n${await readFile(file, 'utf8')}`)
  await chmod(file, 0o755)
  await emitTypes(path.join(root, folder, 'tsconfig.types.json'), path.join(dist, 'types'))
}

async function emitTypes(project, folder) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
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
