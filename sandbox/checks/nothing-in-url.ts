import type { Step } from '../http/exchange'
import { refuseMalformed } from './refuse-identity'

/** Identity calls carry everything in the body: what stands in a URL ends in logs. */
export const nothingInUrl: Step = (exchange) => {
  if (!exchange.rawQuery) return undefined
  const names = [...exchange.query.keys()].join(', ')
  exchange.notes.push(`sent ${names} in the URL: Octorate reads the form body only, and URLs end in logs`)
  if (exchange.world.state.settings.mode === 'lenient') return undefined
  return refuseMalformed(exchange, exchange.query.keys().next().value ?? '', 'Parameters belong in the form body')
}
