import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What the build is made of; a change in any of them makes it stale. */
const SOURCES = ['app', 'components', 'contracts', 'features', 'lib', 'messages', 'prisma', 'public', 'sandbox', 'sdk', 'server', 'bin',
  'next.config.js', 'instrumentation.ts', 'postcss.config.mjs', 'prisma.config.ts', 'tsconfig.json', 'package-lock.json']
const IGNORED = /(\.test\.tsx?|\.int\.test\.ts|\.md)$|^server\/generated\//

/** Generates the database client, bundles the programs and builds the pages, unless that was done for these very files. */
export async function buildIfStale(root, say) {
  const fingerprint = await fingerprintOf(root)
  const stamp = path.join(root, 'dist', 'build-fingerprint')
  const built = await readFile(stamp, 'utf8').catch(() => '')
  if (built === fingerprint && existsSync(path.join(root, '.next', 'BUILD_ID'))) return
  say('Building (once; about half a minute) …')
  // The schema engine is a download that neither generating nor running needs.
  await run('prisma', ['generate', '--no-hints'], { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false', CHECKPOINT_DISABLE: '1' })
  const { bundle } = await import('./bundle.js')
  await bundle()
  await keepingFile(path.join(root, 'tsconfig.json'), () =>
    run('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }),
  )
  await mkdir(path.dirname(stamp), { recursive: true })
  await writeFile(stamp, fingerprint)
}

/** Next writes the file anew to its own taste: a build must not change what it is made of, or it is stale at once. */
async function keepingFile(file, act) {
  const before = await readFile(file)
  try {
    await act()
  } finally {
    if (!before.equals(await readFile(file))) await writeFile(file, before)
  }
}

async function fingerprintOf(root) {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '')
  for (const source of SOURCES) {
    for (const file of (await filesOf(path.join(root, source))).sort()) {
      const name = path.relative(root, file)
      if (!IGNORED.test(name)) hash.update(name).update('\0').update(await readFile(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesOf(place) {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch((error) =>
    error.code === 'ENOTDIR' ? null : [],
  )
  if (entries === null) return [place]
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
}

/** Runs a package's command and shows what it printed only when it fails. */
function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join('node_modules', '.bin', command), ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args[0]} failed:\n${output}`))))
  })
}
