import type { Step } from '../http/exchange'
import { note } from '../lint/note'
import { refuseMalformed } from './refuse-identity'

/** Identity calls carry everything in the body: what stands in a URL ends in logs. */
export const nothingInUrl: Step = (exchange) => {
  if (!exchange.rawQuery) return undefined
  const names = [...exchange.query.keys()].join(', ')
  note(exchange, 'in-url', names)
  if (exchange.world.state.settings.mode === 'lenient') return undefined
  return refuseMalformed(exchange, exchange.query.keys().next().value ?? '', 'Parameters belong in the form body')
}
