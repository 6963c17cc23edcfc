import { OpenAPIHono } from '@hono/zod-openapi'
import texts from '@/contracts/error-texts.en.json'
import type { MachineBody, MachineEndpoint } from '@/contracts/define-machine-endpoint'
import { ERRORS, type ErrorCode } from '@/contracts/errors'
import { problemSchema } from '@/contracts/problem'
import { MACHINE_API_BASE } from '@/contracts/paths'

/** What any call may answer. */
const ALWAYS: readonly ErrorCode[] = ['machine_key_missing', 'machine_key_invalid', 'machine_key_address', 'rate_limited', 'database_unavailable', 'internal']

const MEDIA: Readonly<Record<Exclude<MachineBody, 'nothing'>, readonly string[]>> = {
  json: ['application/json'], ndjson: ['application/x-ndjson'], ndjson_or_csv: ['application/x-ndjson', 'text/csv'],
}
const ANSWER = { json: 'application/json', csv: 'text/csv' } as const
const SECURITY = 'machineKey'
const problem = problemSchema.meta({ id: 'Problem' })

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/** The OpenAPI 3.1 document of these endpoints, made of nothing but the contracts. */
export function describeApi(endpoints: readonly MachineEndpoint[], given: { serverUrl: string; version: string }): ApiDocument {
  const app = new OpenAPIHono()
  const registry = app.openAPIRegistry
  registry.registerComponent('securitySchemes', SECURITY, {
    type: 'http', scheme: 'bearer', description: 'A machine key: krk_live_… for production, krk_test_… for Octorate’s sandbox mode.',
  })
  for (const endpoint of endpoints) registry.registerPath(toPath(endpoint))
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Keyrack machine API',
      version: given.version,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description:
        'Hands access tokens of connected properties to your own back ends. Keyrack is for Octorate; it is not affiliated with or endorsed by Octorate.',
    },
    servers: [{ url: `${given.serverUrl}${MACHINE_API_BASE}` }],
    security: [{ [SECURITY]: [] }],
  })
  return withPlainPatterns(document)
}

type Path = Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0]

function toPath(endpoint: MachineEndpoint): Path {
  const { method, path, summary, scope, takes, answers, params, query, body, output } = endpoint
  return {
    method: method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete',
    path: path.replaceAll(/:([a-zA-Z]+)/g, '{$1}'),
    operationId: operationIdOf(endpoint),
    summary,
    description: `Scope: ${scope}.${endpoint.idempotencyKey ? ' Takes an Idempotency-Key; the same key gets the same answer for 24 hours.' : ''}`,
    request: {
      params: params as never,
      query: query as never,
      ...(takes === 'nothing' ? {} : { body: { required: true, content: contentOf(MEDIA[takes], takes === 'json' ? body : { type: 'string' }) } }),
    },
    responses: {
      200: { description: 'Done.', content: { [ANSWER[answers]]: { schema: output } } },
      ...refusals([...(takes === 'json' ? (['invalid_input'] as const) : []), ...endpoint.refusals, ...(scope === 'any' ? [] : (['machine_key_scope'] as const)), ...ALWAYS]),
    },
  }
}

function contentOf<S>(types: readonly string[], schema: S): Record<string, { schema: S }> {
  return Object.fromEntries(types.map((type) => [type, { schema }]))
}

/** Refusals by status; those that share one are told apart by their code. */
function refusals(codes: readonly ErrorCode[]): Path['responses'] {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].toSorted((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => {
      const same = [...new Set(codes)].filter((code) => ERRORS[code].status === status)
      const description = same.map((code) => `\`${code}\`: ${texts[code].what}`).join('\n\n')
      return [status, { description, content: { 'application/problem+json': { schema: problem } } }]
    }),
  )
}

function operationIdOf({ method, path }: MachineEndpoint): string {
  const words = path.split('/').filter(Boolean).map((part) => part.replace(':', 'by-'))
  return [method.toLowerCase(), ...words].join('-').replaceAll(/-([a-zA-Z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Patterns come with the flag of JavaScript's spelling; JSON Schema has none, and means it anyway. */
function withPlainPatterns(document: ApiDocument): ApiDocument {
  const text = JSON.stringify(document, (key, value: unknown) => (key === 'pattern' && typeof value === 'string' ? value.replace(/\/u$/, '') : value))
  return JSON.parse(text) as ApiDocument
}
