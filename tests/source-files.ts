import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What the build, an installation or a run leaves behind. */
const NOT_SOURCE = /^(node_modules|bench\/node_modules|\.next|\.data[^/]*|\.git|dist|server\/generated|test-results|playwright-report)$/

/** Every source file below a folder of the project, as paths from its root with `/`, sorted. */
export function listSources(folder = ''): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true })
  return entries
    .flatMap((entry) => {
      const name = folder ? `${folder}/${entry.name}` : entry.name
      if (NOT_SOURCE.test(name)) return []
      return entry.isDirectory() ? listSources(name) : [name]
    })
    .sort()
}

export function readSource(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8')
}

/** Programs of ours, tests included. */
export function listCode(): string[] {
  return listSources().filter((name) => /\.(ts|tsx|js|mjs)$/.test(name) && name !== 'next-env.d.ts')
}

export function isTest(name: string): boolean {
  return /\.test\.tsx?$|^(tests|e2e|bench)\//.test(name)
}
