import 'server-only'
import { cookies } from 'next/headers'
import type { z } from 'zod'
import type { Endpoint } from '@/contracts/define-endpoint'
import { OPEN_BEFORE_ENROLMENT, roleMay, type Permission } from '@/contracts/permissions'
import { UNATTENDED_HEADER } from '@/contracts/unattended'
import { recordAudit } from '../audit/record-audit'
import { findViewer } from '../auth/find-viewer'
import { SESSION_COOKIE } from '../auth/session-cookie'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { inSpan } from '../tracing/in-span'
import { AppError } from './app-error'
import { requireSameOrigin } from './origin-check'
import { problem } from './problem'
import { readJsonBody } from './read-json-body'
import { requestContext, type RequestContext } from './request-context'

/** Who acts, and from where: what a service needs to filter, to act and to leave a proof. */
export interface Actor {
  readonly viewer: Viewer
  readonly context: RequestContext
}

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>
  readonly query: z.output<Q>
  readonly body: z.output<B>
  readonly actor: Actor
}

/** Next gives a route without parameters no object at all. */
type RouteContext = { params: Promise<Record<string, string> | undefined> }
type Handler = (request: Request, route: RouteContext) => Promise<Response>

/**
 * The Next route handler of an endpoint that needs a session. In this order: same origin (for everything that is not a
 * GET), session, permission, strict shapes of params, query and body; then `run`, whose answer is cut to the output's
 * shape. Whatever is thrown leaves through problem().
 */
export function defineHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, O>,
  run: (input: Input<P, Q, B>) => Promise<z.input<O>>,
): Handler {
  return answer(endpoint, async (request, route, context) => {
    const isUnattended = endpoint.method === 'GET' && request.headers.has(UNATTENDED_HEADER)
    const viewer = await requireViewer({ isUnattended })
    await requirePermission(endpoint, viewer, context)
    return run({ ...(await readInput(endpoint, request, route)), actor: { viewer, context } })
  })
}

/** The same for an endpoint whose definition says `public`: no session is asked for, everything else is. */
export function definePublicHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, O>,
  run: (input: Omit<Input<P, Q, B>, 'actor'> & { context: RequestContext }) => Promise<z.input<O>>,
): Handler {
  if (endpoint.permission !== 'public') throw new TypeError(`${endpoint.path} is not public`)
  return answer(endpoint, async (request, route, context) => run({ ...(await readInput(endpoint, request, route)), context }))
}

/** A file that is made while it is sent. */
interface Download {
  readonly name: string
  readonly contentType: string
  readonly chunks: AsyncIterator<string>
}

/**
 * The same for an endpoint that answers with a file. What goes wrong before its first byte is a problem like any other;
 * later it ends the connection, so that nobody takes half a file for a whole one.
 */
export function defineDownload<P extends z.ZodType, Q extends z.ZodType>(
  endpoint: Endpoint<P, Q>,
  run: (input: Omit<Input<P, Q, z.ZodType>, 'body'>) => Promise<Download>,
): Handler {
  return respond(endpoint, async (request, route, context) => {
    const viewer = await requireViewer()
    await requirePermission(endpoint, viewer, context)
    const { name, contentType, chunks } = await run({ ...(await readInput(endpoint, request, route)), actor: { viewer, context } })
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(new TextEncoder().encode(value))
      },
      cancel: () => void chunks.return?.(),
    })
    const headers = { 'content-type': contentType, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }
    return new Response(stream, { headers })
  })
}

/** Cuts the output to its shape. */
function answer<O extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, O>,
  act: (request: Request, route: RouteContext, context: RequestContext) => Promise<z.input<O>>,
): Handler {
  return respond(endpoint, async (request, route, context) => {
    const output = endpoint.output.safeParse(await act(request, route, context))
    if (!output.success) throw new AppError('internal', { cause: output.error })
    return Response.json(output.data, { headers: { 'cache-control': 'no-store' } })
  })
}

/** What every endpoint shares: the origin check first, one exit for what is thrown. */
function respond(
  endpoint: Pick<Endpoint, 'method' | 'path'>,
  act: (request: Request, route: RouteContext, context: RequestContext) => Promise<Response>,
): Handler {
  return async (request, route) => {
    const context = requestContext(request.headers)
    try {
      if (endpoint.method !== 'GET') requireSameOrigin(request.headers, getRuntime().publicUrl)
      return await inSpan({ name: `${endpoint.method} ${endpoint.path}` }, () => act(request, route, context))
    } catch (error) {
      return problem(error, context.requestId)
    }
  }
}

/** @throws AppError `not_signed_in` */
export async function requireViewer(options: Parameters<typeof findViewer>[1] = {}): Promise<Viewer> {
  const viewer = await findViewer((await cookies()).get(SESSION_COOKIE)?.value, options)
  if (!viewer) throw new AppError('not_signed_in')
  return viewer
}

async function requirePermission(
  endpoint: { readonly permission: Permission | 'public'; readonly path: string; readonly method: string },
  viewer: Viewer,
  context: RequestContext,
): Promise<void> {
  if (viewer.mustEnrol && !OPEN_BEFORE_ENROLMENT.includes(endpoint.permission)) throw new AppError('two_factor_required')
  if (endpoint.permission !== 'public' && roleMay(viewer.role, endpoint.permission)) return
  await recordAudit(db(), {
    action: 'access.denied',
    outcome: 'denied',
    organizationId: viewer.organizationId,
    actor: { kind: 'user', id: viewer.userId },
    detail: { method: endpoint.method, path: endpoint.path, permission: endpoint.permission, role: viewer.role },
    context,
    at: getRuntime().clock(),
  })
  throw new AppError('not_allowed')
}

async function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  request: Request,
  route: RouteContext,
) {
  const params = endpoint.params.safeParse((await route.params) ?? {})
  if (!params.success) throw new AppError('not_found')
  return {
    params: params.data,
    query: endpoint.query.parse(readQuery(new URL(request.url).searchParams)),
    body: endpoint.body.parse(endpoint.method === 'GET' ? {} : await readJsonBody(request, endpoint.mostBytes)),
  }
}

/** A parameter that is there twice is refused: two readers would choose differently. */
function readQuery(search: URLSearchParams): Record<string, string> {
  const names = [...search.keys()]
  if (new Set(names).size !== names.length) throw new AppError('bad_request')
  return Object.fromEntries(search)
}
