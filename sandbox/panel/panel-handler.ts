import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Control } from '../control/control'
import { ControlRefusal } from '../control/control-refusal'
import { whyStranger } from '../control/why-stranger'
import { html, type Html } from '../consent/html'
import { page } from '../consent/page'
import type { Answer } from '../http/exchange'
import { readBody } from '../http/read-body'
import type { World } from '../models/world'
import { panelActs } from './panel-acts'
import { panelDocument } from './panel-document'
import { panelMain } from './panel-main'
import { panelScript } from './panel-script'

/** Where the panel's forms lead, and its script is. */
const ACTS_PATH = '/panel'
const SCRIPT_PATH = '/panel/script.js'

type Shown = { readonly query: URLSearchParams; readonly problem?: string }

/** Whether a request is the panel's. It is apart from the emulated endpoints: no fault hits it, no tape shows it. */
export function isPanelRequest({ url = '' }: Pick<IncomingMessage, 'url'>): boolean {
  const [path] = url.split('?', 1)
  return path === '/' || path === ACTS_PATH || path === SCRIPT_PATH
}

/** The page on which a person drives the sandbox: for people on this machine only, as the control API. */
export function createPanelHandler(world: World, control: Control) {
  const acts = panelActs(control)

  return async function handlePanel(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
    const stranger = whyStranger(request, 'The panel')
    if (stranger) return write(response, refused(stranger))
    if (request.method === 'POST' && pathname === ACTS_PATH) return act(request, response, searchParams)
    if (request.method !== 'GET' && request.method !== 'HEAD') return write(response, refused('The panel has no such call', 405))
    if (pathname === SCRIPT_PATH) return write(response, { status: 200, contentType: 'text/javascript; charset=utf-8', body: panelScript })
    if (pathname === ACTS_PATH) return write(response, { status: 303, contentType: 'text/plain', body: '', headers: { location: '/' } })
    return show(request, response, { query: searchParams })
  }

  function show(request: IncomingMessage, response: ServerResponse, { query, problem }: Shown): void {
    const main = panelMain({ world, control, query, host: request.headers.host ?? '' })
    const etag = `"${createHash('sha256').update(withoutClock(main)).digest('base64url')}"`
    if (problem === undefined && request.headers['if-none-match'] === etag) {
      return write(response, { status: 304, contentType: 'text/html; charset=utf-8', body: '', headers: { etag } })
    }
    if (problem === undefined && request.headers['x-panel'] === 'parts') {
      return write(response, { status: 200, contentType: 'text/html; charset=utf-8', body: main.markup, headers: { etag } })
    }
    const answer = panelDocument({ main, scriptPath: SCRIPT_PATH, ...(problem !== undefined && { problem }) })
    return write(response, { ...answer, status: problem === undefined ? 200 : 422, headers: { ...answer.headers, etag } })
  }

  /** A form is sent by a page of ours only: every browser names the origin of a POST. */
  async function act(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    if (request.headers.origin === undefined) return write(response, refused('The panel takes forms of its own only'))
    const body = await readBody(request)
    const outcome = body ? await perform(new URLSearchParams(body.toString('utf8'))) : { problem: 'The form is larger than 64 KB' }
    if (request.headers.accept === 'application/json') {
      return write(response, { status: 'problem' in outcome ? 422 : 200, contentType: 'application/json', body: JSON.stringify(outcome) })
    }
    if ('problem' in outcome) return show(request, response, { query, problem: outcome.problem })
    return write(response, { status: 303, contentType: 'text/plain', body: '', headers: { location: `/#${outcome.part}` } })
  }

  async function perform(form: URLSearchParams): Promise<{ said: string; part: string } | { problem: string }> {
    const chosen = acts.get(form.get('act') ?? '')
    if (!chosen) return { problem: 'The panel knows no such act' }
    try {
      return { said: await chosen.run(form), part: chosen.part }
    } catch (error) {
      if (error instanceof ControlRefusal || error instanceof TypeError || error instanceof SyntaxError) return { problem: error.message }
      throw error
    }
  }
}

/** The clock moves between two looks at a page that is otherwise the same. */
function withoutClock(main: Html): string {
  return main.markup.replace(/ data-now="\d+">[^<]*/g, '')
}

function refused(message: string, status = 403): Answer {
  const main = html`<h1>Not from here</h1>
<p>${message}. Open it on the machine that the sandbox runs on, at 127.0.0.1.</p>`
  return page({ status, title: 'Refused', main })
}

function write(response: ServerResponse, { status, contentType, body, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...headers,
  })
  response.end(body)
}
