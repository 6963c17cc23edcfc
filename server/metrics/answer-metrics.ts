import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { equalInConstantTime } from '../crypto/digest'
import { plainAnswer } from '../front/plain-answer'
import { getRuntime } from '../runtime'
import { metrics } from './metrics'

/** `GET /metrics` for Prometheus, with KEYRACK_METRICS_TOKEN as bearer; without that variable there is no such page. */
export async function answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { KEYRACK_METRICS_TOKEN: token } = getRuntime().env
  if (!token) return plainAnswer(response, 404, 'Nothing is here. KEYRACK_METRICS_TOKEN opens the metrics.\n')
  if (!equalInConstantTime(request.headers.authorization ?? '', `Bearer ${token}`)) {
    response.setHeader('WWW-Authenticate', 'Bearer')
    return plainAnswer(response, 401, 'The metrics need the bearer of KEYRACK_METRICS_TOKEN.\n')
  }
  const { registry } = metrics()
  const text = await registry.metrics()
  response.statusCode = 200
  response.setHeader('Content-Type', registry.contentType)
  response.setHeader('Cache-Control', 'no-store')
  response.end(text)
}
