import { Agent, request } from 'node:http'

const LONGEST_MS = 30_000

/** A browser as far as these benches need one: keeps connections and cookies, follows no redirect, runs no script. */
export class HttpClient {
  #origin
  #agent
  #cookies = new Map()
  #headers

  /** @param headers sent with every request, such as a machine key */
  constructor(origin, connections, headers = {}) {
    this.#headers = headers
    this.#origin = new URL(origin)
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  /** Sends what a page of the console itself would send. @returns status, headers, body and milliseconds to its last byte. */
  send(method, path, body) {
    const isForm = body instanceof URLSearchParams
    const payload = body === undefined ? undefined : isForm ? body.toString() : JSON.stringify(body)
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          // The name may also stand for ::1, where nothing listens.
          host: '127.0.0.1',
          port: this.#origin.port,
          method,
          path,
          timeout: LONGEST_MS,
          headers: {
            host: this.#origin.host,
            ...this.#cookieHeader(),
            ...this.#headers,
            ...(method === 'GET' ? {} : { origin: this.#origin.origin, 'sec-fetch-site': 'same-origin' }),
            ...(payload === undefined
              ? {}
              : {
                  'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }),
          },
        },
        (response) => {
          const chunks = []
          response.on('data', (chunk) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            this.#keepCookies(response.headers['set-cookie'] ?? [])
            const text = Buffer.concat(chunks).toString('utf8')
            resolve({ status: response.statusCode, headers: response.headers, text, ms: performance.now() - startedAt })
          })
        },
      )
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer within ${LONGEST_MS / 1000} s`)))
      sent.on('error', reject)
      sent.end(payload)
    })
  }

  /** The same, for an answer that must be JSON with a good status. */
  async json(method, path, body) {
    const { status, text } = await this.send(method, path, body)
    if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`)
    return JSON.parse(text)
  }

  /** Name and value of every cookie that is kept, for a browser that goes on from here. */
  get cookies() {
    return [...this.#cookies]
  }

  close() {
    this.#agent.destroy()
  }

  #cookieHeader() {
    const pairs = [...this.#cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') }
  }

  #keepCookies(lines) {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) this.#cookies.delete(name)
      else this.#cookies.set(name, pair.slice(pair.indexOf('=') + 1))
    }
  }
}
