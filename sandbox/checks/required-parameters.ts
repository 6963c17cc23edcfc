import { formOf, type Step } from '../http/exchange'
import { refuseMissing } from './refuse-identity'

/** Each of these form parameters is there and not empty. */
export function requiredParameters(...names: readonly string[]): Step {
  return function requiredParametersGiven(exchange) {
    const form = formOf(exchange)
    const missing = names.find((name) => !form.get(name))
    return missing === undefined ? undefined : refuseMissing(exchange, missing)
  }
}
