import { apiError } from '../http/answers'
import type { Step } from '../http/exchange'
import { note } from '../lint/note'

/** The body is a JSON object (API description: what is written is JSON, identity calls apart). */
export const jsonBody: Step = (exchange) => {
  const sent = exchange.headers['content-type'] ?? ''
  if (!sent.toLowerCase().startsWith('application/json')) {
    note(exchange, 'json-content-type', sent)
    return apiError(400, { type: 'ApiParamsExemption', message: 'Expected Content-Type application/json', element: 'Content-Type' })
  }
  const value = parseJson(exchange.body.toString('utf8'))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    exchange.json = { ...value }
    return undefined
  }
  note(exchange, 'json-content-type', sent)
  if (value === undefined) return apiError(400, { type: 'JsonParseExemption', message: 'The body is not JSON' })
  return apiError(400, { type: 'ApiValidationFailed', message: 'The body must be an object', element: '$' })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
