import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as it came over the wire, OTLP in JSON. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly links?: readonly { readonly spanId: string }[]
}

interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[] }[]
}

export interface TraceReceiver {
  readonly url: string
  /** Every span so far. */
  spans(): ReceivedSpan[]
  /** Everything that was sent, headers too, as it came. */
  raw(): string
  /** Requests that came, answered or not. */
  requests(): number
  close(): Promise<void>
}

/** A small collector on this machine: what it got is what a real one would have. `hung` takes requests and answers none. */
export async function openTraceReceiver({ hung = false } = {}): Promise<TraceReceiver> {
  const exports: Export[] = []
  const texts: string[] = []
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      texts.push(request.url ?? '', JSON.stringify(request.headers), body)
      if (hung) return
      if (request.url === '/v1/traces') exports.push(JSON.parse(body) as Export)
      response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => exports.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))),
    raw: () => texts.join('\n'),
    requests: () => requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Names from the span up to the one that the trace begins with here. */
export function pathOf(span: ReceivedSpan, all: readonly ReceivedSpan[]): string[] {
  const above = all.find(({ spanId, traceId }) => spanId === span.parentSpanId && traceId === span.traceId)
  return [span.name, ...(above ? pathOf(above, all) : [])]
}
