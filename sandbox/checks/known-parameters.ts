import { formOf, type Step } from '../http/exchange'
import { note } from '../lint/note'
import { refuseMalformed } from './refuse-identity'

/** Only the parameters that the guide names for this call; others are a lint note, and refused in strict mode. */
export function knownParameters(...known: readonly string[]): Step {
  return function knownParametersOnly(exchange) {
    for (const name of formOf(exchange).keys()) {
      if (known.includes(name)) continue
      note(exchange, 'parameter-unknown', name)
      if (exchange.world.state.settings.mode === 'strict') {
        return refuseMalformed(exchange, name, `Parameter ${name} is not known`)
      }
    }
    return undefined
  }
}
