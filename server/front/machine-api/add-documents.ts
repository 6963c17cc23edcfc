import type { MachineEndpoint } from '@/contracts/define-machine-endpoint'
import { MACHINE_API_BASE } from '@/contracts/paths'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { getRuntime } from '../../runtime'
import { describeApi } from './describe-api'
import type { MachineApp } from './machine-app'
import { renderReference } from './reference-page'
import { sendAnswer, type MachineAnswer } from './send-answer'

/** Version of the API, not of the program: it grows when a field or an endpoint comes. */
const API_VERSION = '1.0'

export const DOCUMENT_PATHS = ['/openapi.json', '/reference'] as const

/**
 * The document of the API, and a page of it for people. Both are public and say nothing of any organization; made when
 * somebody first asks, because the address at which Keyrack stands is part of them.
 */
export function addDocuments(app: MachineApp, endpoints: readonly MachineEndpoint[]): void {
  const documentOf = memoize(() => describeApi(endpoints, { serverUrl: getRuntime().publicUrl, version: API_VERSION }))
  const json = memoize((): MachineAnswer => ({ status: 200, body: JSON.stringify(documentOf()) }))
  const page = memoize((): MachineAnswer => {
    const { html, policy } = renderReference(documentOf())
    return { status: 200, body: html, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } }
  })
  const answers = { '/openapi.json': json, '/reference': page }
  for (const path of DOCUMENT_PATHS) {
    app.get(`${MACHINE_API_BASE}${path}`, ({ env }) => {
      sendAnswer(env.outgoing, answers[path]())
      return RESPONSE_ALREADY_SENT
    })
  }
}

function memoize<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
