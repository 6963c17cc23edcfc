import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { createFront } from '@/server/front/create-front'
import { createMachineApi } from '@/server/front/machine-api/create-machine-api'
import type { MachineApp } from '@/server/front/machine-api/machine-app'
import { getRuntime } from '@/server/runtime'
import { ask, type Answer, type Ask } from './ask'

export interface MachineCallOptions extends Omit<Ask, 'body'> {
  /** `Authorization` header; none when it is left out. */
  readonly as?: string
  /** Sent as JSON, unless it is text or bytes. */
  readonly body?: unknown
}

export interface MachineFront {
  readonly url: string
  call(method: string, path: string, options?: MachineCallOptions): Promise<Answer>
}

/** The real front on a socket of its own in this process; behind it is nothing, so whatever gets there answers 418. */
export async function openMachineFront(machineApi: MachineApp = createMachineApi()): Promise<MachineFront> {
  const runtime = getRuntime()
  const front = createFront({
    runtime, tls: null, isLoopback: true, machineApi,
    next: async (_request, response) => void response.writeHead(418).end(),
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    front.closeAllConnections()
    front.close()
  })
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  const { host } = new URL(runtime.publicUrl)
  return {
    url,
    call: (method, path, { as, body, headers, ...init } = {}) =>
      ask(url, path, {
        ...init,
        method,
        headers: { host, ...(as ? { authorization: as } : {}), ...(isPlain(body) ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body === undefined ? {} : { body: isPlain(body) ? JSON.stringify(body) : (body as string | Buffer) }),
      }),
  }
}

function isPlain(body: unknown): boolean {
  return body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)
}
