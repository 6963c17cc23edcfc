import path from 'node:path'
import type { Endpoint } from '@/contracts/define-endpoint'
import { listSources, readSource, ROOT } from './source-files'

export interface RouteFile {
  readonly file: string
  /** Address with `:name` for what varies, as the contracts write it. */
  readonly path: string
  readonly methods: readonly string[]
}

/** Routes that no contract of ours describes, because somebody else decides their shape. */
export const FOREIGN_ROUTES = [
  '/api/auth/:nextauth*', '/oauth/callback/:apiClient',
  // Plain HTML for hoteliers.
  '/link/:token', '/visit/:id', '/code',
] as const

/** Every route handler below app/, with the methods that it exports. */
export function listRouteFiles(): RouteFile[] {
  const files = listSources('app').filter((name) => /\/route\.tsx?$/.test(name))
  return files.map((file) => ({ file, path: addressOf(file), methods: methodsOf(readSource(file)) }))
}

/** Every page below app/: its file and its address. */
export function listPages(): { file: string; path: string }[] {
  return listSources('app')
    .filter((name) => name.endsWith('/page.tsx'))
    .map((file) => ({ file, path: addressOf(file) }))
}

/** Every endpoint that the contracts define, by the name under which it is exported. */
export async function listEndpoints(): Promise<{ name: string; file: string; endpoint: Endpoint }[]> {
  const files = listSources('contracts').filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules = await Promise.all(
    files.map(async (file) => ({ file, exported: (await import(/* @vite-ignore */ path.join(ROOT, file))) as Record<string, unknown> })),
  )
  return modules.flatMap(({ file, exported }) =>
    Object.entries(exported).flatMap(([name, value]) => (isEndpoint(value) ? [{ name, file, endpoint: value }] : [])),
  )
}

/** `app/(console)/connections/[id]/page.tsx` is `/connections/:id`. */
function addressOf(file: string): string {
  const parts = file.split('/').slice(1, -1)
  const shown = parts.filter((part) => !/^\(.*\)$/.test(part))
  return `/${shown.map((part) => part.replace(/^\[\.\.\.(.+)\]$/, ':$1*').replace(/^\[(.+)\]$/, ':$1')).join('/')}`
}

function methodsOf(source: string): string[] {
  return [...source.matchAll(/^export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/gm)].map(([, name]) => name ?? '')
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'permission' in value && 'output' in value
}
