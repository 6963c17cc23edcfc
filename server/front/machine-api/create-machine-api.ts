import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { MACHINE_API_BASE } from '@/contracts/paths'
import { AppError } from '../../http/app-error'
import { answerCall, toRefusal } from './answer-call'
import { callContext } from './call-context'
import { addIdentityHost } from '../identity-host/add-identity-host'
import { addDocuments, DOCUMENT_PATHS } from './add-documents'
import type { MachineApp } from './machine-app'
import type { MachineRoute } from './machine-route'
import { MACHINE_ROUTES } from './routes'
import { sendAnswer } from './send-answer'

export type MachineListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The machine API as a Hono app: addresses are found by its router, what stands at them comes from the contracts. */
export function createMachineApi(routes: readonly MachineRoute[] = MACHINE_ROUTES): MachineApp {
  const app: MachineApp = new Hono<{ Bindings: HttpBindings }>()
  const served = patternsOf([...routes.map(({ endpoint }) => endpoint), ...DOCUMENT_PATHS.map((path) => ({ method: 'GET', path }))])
  /** Another method of an address that is there, or nothing. */
  const refuseUnserved = ({ req, env }: { req: { path: string }; env: HttpBindings }) => {
    const allowed = served.filter(({ pattern }) => pattern.test(req.path)).map(({ method }) => method)
    return allowed.length > 0 ? refuse(env, 'method_not_allowed', { allow: allowed.join(', ') }) : refuse(env, 'not_found')
  }
  for (const route of routes) {
    const { method, path } = route.endpoint
    app.on(method, `${MACHINE_API_BASE}${path}`, async (c) => {
      // Hono takes HEAD for GET: a token would be written down as handed out that nobody gets.
      if (c.env.incoming.method !== method) return refuseUnserved(c)
      await answerCall(route, { request: c.env.incoming, response: c.env.outgoing, params: c.req.param() })
      return RESPONSE_ALREADY_SENT
    })
  }
  addIdentityHost(app)
  addDocuments(app, routes.map(({ endpoint }) => endpoint))
  app.notFound(refuseUnserved)
  app.onError((error, c) => {
    const { incoming, outgoing } = c.env
    sendAnswer(outgoing, toRefusal(error, callContext(incoming).requestId))
    return RESPONSE_ALREADY_SENT
  })
  return app
}

/** What the front hands requests to. Next's own `Request` and `Response` stay as they are. */
export function machineListener(app: MachineApp): MachineListener {
  return getRequestListener((request, env) => app.fetch(request, env as HttpBindings), { overrideGlobalObjects: false })
}

function refuse(env: HttpBindings, code: 'method_not_allowed' | 'not_found', headers: Record<string, string> = {}): Response {
  const { incoming, outgoing } = env
  const refusal = toRefusal(new AppError(code), callContext(incoming).requestId)
  sendAnswer(outgoing, { ...refusal, headers: { ...refusal.headers, ...headers } })
  return RESPONSE_ALREADY_SENT
}

/** What is served where, to tell another method from nothing at all. Handlers for any method would be tried at every call. */
function patternsOf(served: readonly { readonly method: string; readonly path: string }[]) {
  return served.map(({ method, path }) => ({ method, pattern: new RegExp(`^${MACHINE_API_BASE}${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`) }))
}
