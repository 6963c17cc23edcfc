import type { Step } from '../http/exchange'
import { note } from '../lint/note'
import { refuseMalformed } from './refuse-identity'

const FORM = 'application/x-www-form-urlencoded'

/** The body is a form (guide, "Check the headers and params type!") and names each field once. */
export const formBody: Step = (exchange) => {
  const sent = exchange.headers['content-type'] ?? ''
  if (!sent.toLowerCase().startsWith(FORM)) {
    note(exchange, 'content-type', sent)
    return refuseMalformed(exchange, 'Content-Type', `Expected Content-Type ${FORM}`)
  }
  const form = new URLSearchParams(exchange.body.toString('utf8'))
  exchange.form = form
  const names = [...form.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated === undefined) return undefined
  note(exchange, 'parameter-repeated', repeated)
  return refuseMalformed(exchange, repeated, `Parameter ${repeated} is given more than once`)
}
