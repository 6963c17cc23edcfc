import type { z } from 'zod'
import type { Endpoint } from '@/contracts/define-endpoint'
import { endpointPath } from '@/contracts/paths'
import { problemSchema, type Problem } from '@/contracts/problem'
import { UNATTENDED_HEADER } from '@/contracts/unattended'
import { presence } from './presence/presence'

/** A refusal, as the server wrote it; `unreachable` and `outdated` are told here, for no server could. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem, cause?: unknown) {
    super(problem.code, cause === undefined ? undefined : { cause })
    this.problem = problem
  }
}

type Part<K extends string, T> = Record<string, never> extends T ? { readonly [key in K]?: T } : { readonly [key in K]: T }

/** What an endpoint takes; parts that may be empty may be left out. */
export type CallInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', z.input<P>> &
  Part<'query', z.input<Q>> &
  Part<'body', z.input<B>> & { readonly signal?: AbortSignal }

/**
 * Calls one of our endpoints and answers its output in the contract's shape.
 *
 * @throws ProblemError with the server's problem, or with the code `unreachable` (no answer, status 0), `outdated`
 * (an answer of another shape: the page is older than the server) or `internal` (an answer that is not ours).
 */
export async function callEndpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, O>,
  ...[input]: Record<string, never> extends CallInput<P, Q, B> ? [input?: CallInput<P, Q, B>] : [input: CallInput<P, Q, B>]
): Promise<z.output<O>> {
  const { params, query, body, signal } = (input ?? {}) as Loose
  const search = searchOf(query)
  const response = await send(`${endpointPath(endpoint.path, params)}${search}`, {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      ...(endpoint.method === 'GET' && presence.takeUnattended() ? { [UNATTENDED_HEADER]: '1' } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (!response.ok) throw await refusalOf(response)
  const output = endpoint.output.safeParse(await response.json().catch(() => undefined))
  if (!output.success) throw new ProblemError(ownProblem('outdated', response), output.error)
  return output.data
}

/** The problem behind anything thrown; what is no ProblemError is a mistake of the page itself. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : ownProblem('internal')
}

interface Loose {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, redirect: 'error', cache: 'no-store' })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ProblemError(ownProblem('unreachable'), cause)
  }
}

async function refusalOf(response: Response): Promise<ProblemError> {
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined))
  return new ProblemError(problem.success ? problem.data : ownProblem('internal', response))
}

function ownProblem(code: 'unreachable' | 'outdated' | 'internal', response?: Response): Problem {
  return {
    type: `urn:keyrack:problem:${code}`,
    title: code,
    detail: '',
    status: response?.status ?? 0,
    code,
    turn: code === 'internal' ? 'operator' : 'you',
    requestId: response?.headers.get('x-request-id') ?? '',
  }
}

function searchOf(query: Loose['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
}
