import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Control } from './control'
import { controlRoutes } from './control-routes'
import { ControlRefusal } from './control-refusal'
import { whyStranger } from './why-stranger'
import { readBody } from '../http/read-body'
import type { World } from '../models/world'

/** A seed may hold thousands of lodgings. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024

type Reply = { readonly status: number; readonly body: string; readonly contentType: string }

/** The control API: for programs on this machine only, never for a page that a browser happens to show. */
export function createControlHandler(world: World, control: Control) {
  const routes = controlRoutes(world, control)

  return async function handleControl(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    const body = await readBody(request, BODY_LIMIT_BYTES)
    const reply = await answer(request, body, async () => {
      const { pathname, searchParams } = new URL(url, 'http://sandbox')
      for (const route of routes) {
        const match = route.method === method ? route.path.exec(pathname) : null
        if (match) return route.run({ id: decodeURIComponent(match[1] ?? ''), query: searchParams, body: parseBody(request, body) })
      }
      throw new ControlRefusal(404, `There is no control call ${method} ${pathname}`)
    })
    response.writeHead(reply.status, {
      'content-type': reply.contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    response.end(reply.body)
  }
}

async function answer(request: IncomingMessage, body: Buffer | undefined, run: () => Promise<unknown>): Promise<Reply> {
  const stranger = whyStranger(request, 'The control API')
  if (stranger) return toJson(403, { message: stranger })
  if (!body) return toJson(413, { message: 'The body is larger than 16 MB' })
  try {
    const result = await run()
    return typeof result === 'string' ? { status: 200, body: result, contentType: 'application/x-ndjson' } : toJson(200, result ?? { ok: true })
  } catch (error) {
    if (error instanceof ControlRefusal) return toJson(error.status, { message: error.message })
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof URIError) return toJson(400, { message: error.message })
    throw error
  }
}

function parseBody(request: IncomingMessage, body: Buffer | undefined): unknown {
  if (!body?.length) return {}
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) throw new ControlRefusal(400, 'Expected Content-Type application/json')
  return JSON.parse(body.toString('utf8'))
}

function toJson(status: number, value: unknown): Reply {
  return { status, body: `${JSON.stringify(value)}\n`, contentType: 'application/json' }
}
