import type { IncomingMessage } from 'node:http'

const NAMES_OF_THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/
const LOOPBACK_ADDRESS = /^(::ffff:)?127\.|^::1$/

/**
 * Why a request to the control API or the panel is refused, or nothing. Another site's page can make a browser call this
 * port; a rebound name can even make it look like its own.
 */
export function whyStranger({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, what: string): string | undefined {
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return `${what} answers this machine only`
  if (!NAMES_OF_THIS_MACHINE.test(headers.host ?? '')) return `${what} answers to loopback host names only`
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return `${what} refuses other origins`
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return `${what} refuses other sites`
  return undefined
}
