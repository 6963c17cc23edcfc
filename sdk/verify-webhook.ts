import { createHmac, timingSafeEqual } from 'node:crypto'
import { KeyrackError } from './errors'

export interface SignedMessage {
  /** Of the request, by name in lower case, or as `Headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body as it came, before any parsing. */
  readonly body: string | Uint8Array
  /** `whsec_…` of the webhook; while one is replaced, both. */
  readonly secret: string | readonly string[]
  /** How old a message may be, or how far ahead of this clock; five minutes unless given. */
  readonly toleranceSeconds?: number
  /** This machine's clock, for tests. */
  readonly now?: Date
}

/** What Keyrack tells. `id` is the same at every try of one message: whoever keeps it takes each once. */
export interface WebhookEvent {
  readonly id: string
  readonly type: string
  /** When it happened (ISO 8601). */
  readonly timestamp: string
  readonly organization: { readonly id: string }
  readonly data: Readonly<Record<string, unknown>>
}

/** A message that is not Keyrack's, was changed on its way, or is too old. Answer it with 400. */
export class WebhookRefusedError extends KeyrackError {
  override readonly name = 'WebhookRefusedError'
}

const FIVE_MINUTES_S = 300

/**
 * Checks that a message is Keyrack's and fresh (Standard Webhooks: HMAC-SHA-256 over id, timestamp and body), and reads it.
 *
 * @throws WebhookRefusedError with the code `webhook_unsigned`, `webhook_too_old`, `webhook_forged` or `webhook_unreadable`
 */
export function verifyWebhook({ headers, body, secret, toleranceSeconds = FIVE_MINUTES_S, now = new Date() }: SignedMessage): WebhookEvent {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headerOf(headers, name))
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) throw refused('webhook_unsigned', 'the headers of a signed message are missing')
  const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(timestamp))
  if (ageSeconds > toleranceSeconds) throw refused('webhook_too_old', 'the message is older than it may be, or the clocks differ')
  const given = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []))
  const expected = (typeof secret === 'string' ? [secret] : secret).map((each) => sign(each, `${id}.${timestamp}.${text}`))
  const isOurs = expected.some((right) => given.some((each) => each.length === right.length && timingSafeEqual(each, right)))
  if (!isOurs) throw refused('webhook_forged', 'no signature was made with this secret over these bytes')
  return readEvent(text)
}

function sign(secret: string, message: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  // An absent secret must not verify what was signed with an empty one.
  if (key.length < 16) throw new TypeError('secret must be the webhook’s signing secret, whsec_…')
  return createHmac('sha256', key).update(message).digest()
}

function headerOf(headers: SignedMessage['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = headers[name] ?? Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : value?.[0]
}

function readEvent(text: string): WebhookEvent {
  try {
    const event = JSON.parse(text) as Partial<WebhookEvent> | null
    if (typeof event?.id === 'string' && typeof event.type === 'string') return event as WebhookEvent
  } catch {
    // The same refusal as for JSON of another shape.
  }
  throw refused('webhook_unreadable', 'the message is no event')
}

function refused(code: string, message: string): WebhookRefusedError {
  return new WebhookRefusedError({ code, message })
}
