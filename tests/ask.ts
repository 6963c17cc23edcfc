import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { request as tlsRequest } from 'node:https'

export interface Ask {
  readonly method?: string
  /** A list sends one header line each. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body?: string | Buffer
  /** Address of this machine to call from, such as 127.0.0.2. */
  readonly from?: string
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly setCookies: readonly string[]
  readonly text: string
  /** Status line, headers and body, as they would be read off the wire. */
  readonly whole: string
  json(): unknown
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/**
 * One HTTP request, exactly as written: the path is not normalised, no header is added but Host and a length, and
 * redirects are not followed. `fetch` would do all of that.
 */
export function ask(origin: string, path: string, { method = 'GET', headers = {}, body, from }: Ask = {}): Promise<Answer> {
  const { protocol, hostname, port } = new URL(origin)
  const send = protocol === 'https:' ? tlsRequest : request
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<string, string | string[]>
  return new Promise((resolve, reject) => {
    const sent = send(
      {
        host: hostname === 'localhost' ? '127.0.0.1' : hostname,
        port,
        path,
        method,
        headers: { host: new URL(origin).host, ...lengthOf(body, given), ...given },
        ...(from === undefined ? {} : { localAddress: from }),
        ...(protocol === 'https:' ? { rejectUnauthorized: false } : from === undefined ? { agent } : {}),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          const { statusCode = 0, rawHeaders } = response
          const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1] ?? ''}`] : []))
          resolve({
            status: statusCode,
            headers: response.headers,
            setCookies: response.headers['set-cookie'] ?? [],
            text,
            whole: `${statusCode}\n${lines.join('\n')}\n\n${text}`,
            json: () => JSON.parse(text) as unknown,
          })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

function lengthOf(body: string | Buffer | undefined, given: Readonly<Record<string, unknown>>): Record<string, number> {
  return body === undefined || 'transfer-encoding' in given ? {} : { 'content-length': Buffer.byteLength(body) }
}
