import { isLoopbackHost } from '@/lib/net/is-loopback-host'
import type { Env } from '../env'

export interface PublicAddress {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string
  readonly isLoopback: boolean
}

/**
 * The one address of the console: KEYRACK_URL, or localhost at the port.
 *
 * @throws Error when browsers could not use it: secure cookies fail on plain http away from loopback, and Octorate
 * takes https addresses only.
 */
export function publicAddress(env: Env): PublicAddress {
  const scheme = env.KEYRACK_TLS ? 'https' : 'http'
  const url = new URL(env.KEYRACK_URL ?? `${scheme}://localhost:${env.PORT}`)
  const isLoopback = isLoopbackHost(url.hostname)
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Error('KEYRACK_URL must be a scheme, a host and perhaps a port, such as https://keyrack.example.com.')
  }
  if (url.protocol !== 'https:' && !isLoopback) {
    throw new Error(
      `KEYRACK_URL is ${url.origin}: plain http away from this machine. Browsers would silently drop the secure ` +
        'session cookie, and Octorate takes https redirect URIs only. Use an https address.',
    )
  }
  if (env.KEYRACK_TLS && url.protocol !== 'https:') throw new Error('KEYRACK_TLS is set, so KEYRACK_URL must begin with https://.')
  const behindProxy = env.TRUSTED_PROXIES.length > 0
  if (!env.KEYRACK_TLS && !behindProxy && url.protocol === 'https:') {
    throw new Error(
      `KEYRACK_URL is ${url.origin}, but nothing here speaks https: set KEYRACK_TLS to a certificate and key, ` +
        'or put a TLS proxy in front and name its address in TRUSTED_PROXIES.',
    )
  }
  if (!env.KEYRACK_TLS && !behindProxy && !isLoopbackHost(env.HOST)) {
    throw new Error(
      `HOST is ${env.HOST}, so passwords and tokens would cross the network in plain http. Set KEYRACK_TLS, ` +
        'or put a TLS proxy in front and name its address in TRUSTED_PROXIES.',
    )
  }
  return { url: url.origin, isLoopback }
}
