import { Agent, request } from 'node:http'

/** Sends the same form so many times at once, each on a connection of its own that lives on; gives the statuses. */
export function createParallelPoster(url: string, times: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: times })
  const post = (body: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
      const sent = request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    post: (fields: Record<string, string>) => {
      const body = new URLSearchParams(fields).toString()
      return Promise.all(Array.from({ length: times }, () => post(body)))
    },
    close: () => agent.destroy(),
  }
}
