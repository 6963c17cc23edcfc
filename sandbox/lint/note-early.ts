import type { Exchange } from '../http/exchange'
import type { TokenHolder } from '../models/token-holder'
import { note } from './note'

type Held = { readonly holder: TokenHolder; readonly lifetimeMs: number }

/** Notes that a new access token was asked for while the latest has more than half of its life before it. */
export function noteEarly(exchange: Exchange, rule: 'refresh-early' | 'login-early', { holder, lifetimeMs }: Held): void {
  if (holder.latest === 0 || holder.expiredThrough >= holder.latest) return
  const leftMs = holder.latestExpiresAt - exchange.world.clock.now()
  if (leftMs > lifetimeMs / 2) note(exchange, rule, inWords(leftMs))
}

function inWords(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return hours > 0 ? `${hours} h` : `${Math.floor(ms / 60_000)} min`
}
