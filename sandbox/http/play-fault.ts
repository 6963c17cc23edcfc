import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { FaultRule } from '../control/fault-rules'
import { apiError } from './answers'
import type { Answer } from './exchange'
import { withDuplicateKeys, withOddDates } from './odd-dates'
import { send } from './send'

const HOLD_MS = 120_000
const HUGE_BYTES = 16 * 1024 * 1024
const SLOW_BYTES_PER_SECOND = 1

/** The answer that stands in for the endpoint's own, for faults after which the request has no effect. */
export function insteadOf(rule: FaultRule): Answer | 'silence' | undefined {
  switch (rule.kind) {
    case 'no-answer':
    case 'reset':
      return rule.when === 'before' || rule.when === undefined ? 'silence' : undefined
    case 'status':
      return rule.when === 'after' ? undefined : statusAnswer(rule)
    case 'redirect':
      return { status: rule.status ?? 302, contentType: 'text/html', body: '', headers: { location: rule.location } }
    case 'quota':
      return apiError(403, { type: 'ApiQuotaException', message: 'Quota exceeded' })
    case 'login-expired':
      return apiError(403, { type: 'ApiLoginExpired', message: 'The access token has expired' })
    case 'wrong-environment':
      return apiError(403, { type: 'WrongEnviroment', message: 'This is not available in this environment' })
    case 'role-missing':
      return { status: 403, contentType: 'text/plain', body: 'Caller not in requested role' }
    case 'delay':
    case 'truncate':
    case 'huge':
    case 'slow-body':
    case 'override':
    case 'odd-date':
    case 'duplicate-keys':
      return undefined
  }
}

/** The endpoint's answer as a fault that leaves the effect in place changes it. */
export function alter(rule: FaultRule, answer: Answer): Answer {
  if (rule.kind === 'status') return rule.when === 'after' ? statusAnswer(rule) : answer
  if (rule.kind === 'odd-date') return { ...answer, body: withOddDates(answer.body.toString(), rule.form ?? 'java') }
  if (rule.kind === 'duplicate-keys') return { ...answer, body: withDuplicateKeys(answer.body.toString()) }
  if (rule.kind !== 'override') return answer
  return {
    status: rule.status ?? answer.status,
    contentType: rule.contentType ?? answer.contentType,
    headers: { ...answer.headers, ...rule.headers },
    body: overriddenBody(rule, answer.body),
  }
}

/** Puts the answer on the wire the way that the fault wants; returns the status that the client could see, or 0. */
export async function sendFaulty(rule: FaultRule, response: ServerResponse, { answer, headers }: Delivery): Promise<number> {
  switch (rule.kind) {
    case 'no-answer':
      return holdOpen(response, rule.holdMs ?? HOLD_MS)
    case 'reset':
      response.socket?.resetAndDestroy()
      return 0
    case 'truncate':
      return sendTruncated(response, { answer, headers }, rule.keepBytes)
    case 'huge':
      return sendHuge(response, { answer, headers }, rule.bytes ?? HUGE_BYTES)
    case 'slow-body':
      return sendSlowly(response, { answer, headers }, rule.bytesPerSecond ?? SLOW_BYTES_PER_SECOND)
    default:
      send(response, answer, headers)
      return answer.status
  }
}

type Delivery = { readonly answer: Answer; readonly headers: OutgoingHttpHeaders }

function statusAnswer(rule: FaultRule & { kind: 'status' }): Answer {
  const body = rule.bodyBase64 === undefined ? (rule.body ?? '') : Buffer.from(rule.bodyBase64, 'base64')
  return { status: rule.status, contentType: rule.contentType ?? 'text/html', body, headers: rule.headers ?? {} }
}

function overriddenBody(rule: FaultRule & { kind: 'override' }, body: string | Buffer): string | Buffer {
  if (rule.rawBase64 !== undefined) return Buffer.from(rule.rawBase64, 'base64')
  if (rule.raw !== undefined) return rule.raw
  if (rule.replace !== undefined) return JSON.stringify(rule.replace)
  if (!rule.merge && !rule.remove) return body
  const fields: Record<string, unknown> = { ...JSON.parse(body.toString()), ...rule.merge }
  for (const name of rule.remove ?? []) delete fields[name]
  return JSON.stringify(fields)
}

async function holdOpen(response: ServerResponse, holdMs: number): Promise<number> {
  const over = new AbortController()
  response.once('close', () => over.abort())
  await wait(holdMs, undefined, { signal: over.signal, ref: false }).catch(() => undefined)
  response.destroy()
  return 0
}

function sendTruncated(response: ServerResponse, { answer, headers }: Delivery, keepBytes?: number): number {
  const body = Buffer.from(answer.body)
  response.sendDate = false
  response.writeHead(answer.status, { ...headers, 'content-length': body.length })
  response.write(body.subarray(0, keepBytes ?? Math.floor(body.length / 2)), () => response.destroy())
  return answer.status
}

async function sendHuge(response: ServerResponse, { answer, headers }: Delivery, bytes: number): Promise<number> {
  const chunk = Buffer.alloc(65_536, ' ')
  response.sendDate = false
  response.writeHead(answer.status, headers)
  for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk)) await drained(response)
  }
  response.end(answer.body)
  return answer.status
}

async function sendSlowly(response: ServerResponse, { answer, headers }: Delivery, bytesPerSecond: number): Promise<number> {
  const body = Buffer.from(answer.body)
  response.sendDate = false
  response.writeHead(answer.status, { ...headers, 'content-length': body.length })
  response.flushHeaders()
  const over = new AbortController()
  response.once('close', () => over.abort())
  for (let sent = 0; sent < body.length && !over.signal.aborted; sent += 1) {
    response.write(body.subarray(sent, sent + 1))
    await wait(1000 / bytesPerSecond, undefined, { signal: over.signal, ref: false }).catch(() => undefined)
  }
  response.end()
  return answer.status
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
