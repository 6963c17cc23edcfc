import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll } from 'vitest'

/** An answer that is kept back: Octorate has given it, nobody has received it. */
export interface Hold {
  /** Settles when the answer is there and waits. */
  readonly reached: Promise<void>
  release(): void
}

export interface Gate {
  readonly url: string
  /** Keeps back the next answer of a call, such as `identity/refresh`. */
  hold(call: string): Hold
}

/** Stands before the sandbox and lets everything pass, until a test keeps an answer back. */
export async function openGate(target: string): Promise<Gate> {
  const holds: { readonly call: string; reach(): void; readonly released: Promise<void> }[] = []
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const { status, headers, body } = await forward(target, request)
    const index = holds.findIndex(({ call }) => request.url?.endsWith(`/${call}`))
    const [held] = index < 0 ? [] : holds.splice(index, 1)
    held?.reach()
    await held?.released
    response.writeHead(status, headers).end(body)
  }
  const server = createServer((request, response) => void pass(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    hold(call) {
      let reach: () => void = () => undefined
      let release: () => void = () => undefined
      const reached = new Promise<void>((resolve) => (reach = resolve))
      const released = new Promise<void>((resolve) => (release = resolve))
      holds.push({ call, reach, released })
      return { reached, release }
    },
  }
}

async function forward(target: string, request: IncomingMessage) {
  const { method = 'GET', url = '/', headers } = request
  const kept = Object.entries(headers).filter(([name]) => ['content-type', 'authorization', 'accept', 'key'].includes(name))
  const answer = await fetch(`${target}${url}`, {
    method,
    headers: Object.fromEntries(kept) as Record<string, string>,
    redirect: 'manual',
    ...(method === 'GET' ? {} : { body: new Uint8Array(await buffer(request)) }),
  })
  const passed = ['content-type', 'request-id', 'date', 'x-ratelimit-remaining'].flatMap((name) => {
    const value = answer.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  return { status: answer.status, headers: Object.fromEntries(passed) as Record<string, string>, body: Buffer.from(await answer.arrayBuffer()) }
}
