import type { Step } from '../http/exchange'
import { refuseMalformed } from './refuse-identity'

const FORM = 'application/x-www-form-urlencoded'

/** The body is a form (guide, "Check the headers and params type!") and names each field once. */
export const formBody: Step = (exchange) => {
  const sent = exchange.headers['content-type'] ?? ''
  if (!sent.toLowerCase().startsWith(FORM)) {
    exchange.notes.push(`sent Content-Type ${sent || '(none)'}: Octorate wants ${FORM}`)
    return refuseMalformed(exchange, 'Content-Type', `Expected Content-Type ${FORM}`)
  }
  const form = new URLSearchParams(exchange.body.toString('utf8'))
  exchange.form = form
  const names = [...form.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) return refuseMalformed(exchange, repeated, `Parameter ${repeated} is given more than once`)
  return undefined
}
