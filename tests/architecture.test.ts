import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { AUDIT_ACTIONS } from '@/contracts/audit-actions'
import texts from '@/contracts/error-texts.en.json'
import { ERROR_CODES } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import { ENV_NAMES, readEnv } from '@/server/env'
import { FOREIGN_ROUTES, listEndpoints, listPages, listRouteFiles } from './routes'
import { isTest, listCode, listSources, readSource, ROOT } from './source-files'

const code = listCode()
const product = code.filter((name) => !isTest(name))
const endpoints = await listEndpoints()

/** Files of `candidates` that hold `pattern`, with their lines. */
function linesWith(pattern: RegExp, candidates: readonly string[]): string[] {
  return candidates.flatMap((name) =>
    readSource(name)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
  )
}

test('the tree is read, or every rule below would hold of nothing', () => {
  expect(code.length).toBeGreaterThan(300)
  expect(endpoints.length).toBeGreaterThan(10)
  expect(listRouteFiles().length).toBeGreaterThan(5)
  expect(listPages().length).toBeGreaterThan(3)
})

describe('variables', () => {
  const example = parseEnvFile(readSource('.env.example'))

  test('.env.example names exactly the variables that are read, each once', () => {
    expect(example.map(([name]) => name).sort()).toEqual([...ENV_NAMES].sort())
  })

  test('.env.example can be used as it is, because a newcomer copies it', () => {
    expect(() => readEnv(Object.fromEntries(example))).not.toThrow()
    expect(readEnv(Object.fromEntries(example))).toEqual(readEnv({}))
  })

  test('every variable of .env.example has a comment above it', () => {
    const lines = readSource('.env.example').split('\n')
    const bare = lines.filter((line, index) => /^[A-Z_]+=/.test(line) && !/^(#|[A-Z_]+=)/.test(lines[index - 1] ?? ''))
    expect(bare).toEqual([])
  })

  test("every variable has a row in the README's table", () => {
    const readme = readSource('README.md')
    expect(ENV_NAMES.filter((name) => !readme.includes(`| \`${name}\``))).toEqual([])
  })

  test('only the places that may read the environment read it', () => {
    const allowed = /^(server\/env\.ts|sandbox\/main\.ts|sdk\/cli\/main\.ts|bin\/.*|[^/]*\.config\.(ts|js|mjs))$/
    expect(linesWith(/process\.env\b/, product.filter((name) => !allowed.test(name)))).toEqual([])
  })
})

describe('pages', () => {
  test('every signed-in page has a loading state in its tree, because its data takes a moment', () => {
    const signedIn = listPages().filter(({ file }) => file.startsWith('app/(console)/'))
    expect(signedIn.filter(({ file }) => !hasAbove(file, 'loading.tsx')).map(({ file }) => file)).toEqual([])
  })

  test('every page has an error state in its tree', () => {
    expect(listPages().filter(({ file }) => !hasAbove(file, 'error.tsx')).map(({ file }) => file)).toEqual([])
  })

  test('every page is spelled in contracts/paths.ts and nowhere else, and every spelled page exists', () => {
    const spelled = Object.values(pages).map((spell) => patternOf(spell))
    expect(listPages().map((page) => page.path).sort()).toEqual(spelled.sort())
  })

  test('every page is visited by a browser story, named by its path constant', () => {
    const stories = listSources('e2e').filter((name) => name.endsWith('.ts')).map(readSource).join('\n')
    const unvisited = Object.keys(pages).filter((name) => !stories.includes(`pages.${name}(`))
    expect(unvisited).toEqual([])
  })
})

describe('contracts', () => {
  const served = listRouteFiles().flatMap((route) => route.methods.map((method) => `${method} ${route.path}`))

  test('every endpoint of the contracts is served by a route file', () => {
    const missing = endpoints.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`).filter((name) => !served.includes(name))
    expect(missing).toEqual([])
  })

  test('no two endpoints share method and path', () => {
    const names = endpoints.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('every endpoint that is no GET names its audit action, or a reason for none', () => {
    const silent = endpoints.filter(({ endpoint }) => {
      const { audit, method } = endpoint
      if (method === 'GET') return false
      return typeof audit === 'string' ? !AUDIT_ACTIONS.includes(audit) : audit.none.trim().length < 10
    })
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test('every audit action is written by somebody, because an action nobody writes proves nothing', () => {
    const server = product.filter((name) => name.startsWith('server/')).map(readSource).join('\n')
    expect(AUDIT_ACTIONS.filter((action) => !server.includes(`'${action}'`))).toEqual([])
  })

  test('every refusal has its two texts, and every text its refusal', () => {
    expect(Object.keys(texts).sort()).toEqual([...ERROR_CODES].sort())
    const empty = Object.entries(texts).filter(([, text]) => text.what.trim() === '' || text.next.trim() === '')
    expect(empty).toEqual([])
  })

  test('every refusal is used by somebody', () => {
    const users = product.filter((name) => name.startsWith('server/') || name.startsWith('app/')).map(readSource).join('\n')
    expect(ERROR_CODES.filter((name) => !users.includes(`'${name}'`) && !users.includes(`"${name}"`))).toEqual([])
  })

  test('every route file that no contract describes is on the list of those that somebody else shapes', () => {
    const described = new Set(endpoints.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`))
    const others = served.filter((name) => !described.has(name)).map((name) => name.split(' ')[1])
    expect([...new Set(others)].sort()).toEqual([...FOREIGN_ROUTES].sort())
  })
})

describe('code', () => {
  test('no file is longer than 300 lines, tests excepted', () => {
    const long = product.filter((name) => readSource(name).split('\n').length > 301)
    expect(long).toEqual([])
  })

  test('ciphertext is opened in one place only: values there, and whole backups here', () => {
    expect(filesWith(/createDecipheriv/)).toEqual(['server/backup/sealed-stream.ts', 'server/crypto/seal.ts'])
  })

  test('only the gateway, and the guard for webhooks, call other servers', () => {
    const servers = product.filter((name) => /^(server|lib|contracts|app)\//.test(name))
    const calling = servers.filter((name) => /(?<![\w.])fetch\(|globalThis\.fetch|['"](undici|axios|got)['"]|\bhttps?\.request\(/.test(readSource(name)))
    expect(calling.sort()).toEqual(['server/octorate/sockets.ts', 'server/outbound/call-outside.ts'])
  })

  test('a page asks by itself only while somebody is there, because a page left open must not keep a session alive', () => {
    const asking = linesWith(/refetchInterval:/, product).filter((line) => !line.includes('pollWhile'))
    expect(asking).toEqual([])
  })

  test('no folder is a drawer for everything', () => {
    const drawers = /(^|\/)(src|utils?|helpers?|types|hooks|misc|common|shared)(\/|\.)/
    expect(listSources().filter((name) => drawers.test(name))).toEqual([])
  })

  test('relative imports stay within their top-level folder, and `@/` is for going elsewhere', () => {
    // Plain JavaScript and Playwright's configurations run where the alias is not known.
    const withAlias = code.filter((name) => !/\.js$|playwright\.config\.ts$/.test(name))
    const leaving = withAlias.flatMap((name) => importsOf(name).filter((target) => leaves(name, target)).map((target) => `${name}: ${target}`))
    expect(leaving).toEqual([])
  })

  test('file names are kebab-case', () => {
    const odd = code.filter((name) => !/^\.?[a-z0-9]+([.-][a-z0-9]+)*\.(ts|tsx|js|mjs)$/.test(path.basename(name)))
    expect(odd.filter((name) => path.basename(name) !== 'next-env.d.ts')).toEqual([])
  })

  test('no file only passes on what others export', () => {
    const barrels = product.filter((name) => /^export (\*|\{[^}]*\}) from/m.test(readSource(name)))
    expect(barrels).toEqual([])
  })

  test('no rule is switched off in passing', () => {
    // Spelled in two parts, or this file would find itself. Type tests expect errors: that is what they are for.
    const offs = new RegExp(['@ts-', '(ignore|expect-error|nocheck)|(eslint|oxlint)-', 'disable'].join(''))
    expect(linesWith(offs, code.filter((name) => !name.endsWith('.test-types.ts')))).toEqual([])
  })
})

function filesWith(pattern: RegExp): string[] {
  return product.filter((name) => pattern.test(readSource(name)))
}

test('a loop pauses by the one pause that takes its listener back, or a process that runs for weeks keeps one for each round', () => {
  expect(linesWith(/addEventListener\('abort'/, product.filter((name) => name.startsWith('server/') && name !== 'server/pause.ts'))).toEqual([])
})

test('the lock file names the packages as package.json does, or npm writes it anew while an image is made and the build in it is stale', () => {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
  type Packages = Partial<Record<(typeof kinds)[number], Record<string, string>>>
  const declared = JSON.parse(readSource('package.json')) as Packages
  const locked = (JSON.parse(readSource('package-lock.json')) as { packages: Record<string, Packages> }).packages['']
  for (const kind of kinds) expect(locked?.[kind]).toEqual(declared[kind])
})

function parseEnvFile(text: string): [string, string][] {
  return text.split('\n').flatMap((line) => {
    const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line)
    return match?.[1] ? [[match[1], match[2] ?? ''] as [string, string]] : []
  })
}

function hasAbove(file: string, wanted: string): boolean {
  const folder = path.posix.dirname(file)
  if (folder === '.') return false
  return existsSync(path.join(ROOT, folder, wanted)) || hasAbove(folder, wanted)
}

/** The address that a path constant spells, with `:id` where it puts what it is given. */
function patternOf(spell: (...args: string[]) => string): string {
  return spell('ARG', 'ARG').split('?', 1)[0]?.replaceAll('ARG', ':id') ?? ''
}

function importsOf(name: string): string[] {
  return [...readSource(name).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, target]) => (target ? [target] : []))
}

function leaves(name: string, target: string): boolean {
  const [top] = name.split('/')
  if (target.startsWith('@/')) return false
  if (!target.startsWith('.') || !name.includes('/')) return false
  const reached = path.posix.join(path.posix.dirname(name), target)
  // Fixtures belong to everybody's tests, also where lint closes `@/`; what a build makes has no place of its own.
  const allowed = reached.startsWith('dist/') || (isTest(name) && reached.startsWith('tests/'))
  return reached.split('/')[0] !== top && !allowed
}
