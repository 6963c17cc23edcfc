import { createHmac } from 'node:crypto'
import type { Secret } from '../crypto/secret'

interface Message {
  readonly id: string
  readonly at: Date
  readonly body: string
}

/** Headers of Standard Webhooks: HMAC-SHA-256 over id, timestamp and body, by each secret that is valid. */
export function signWebhook({ id, at, body }: Message, secrets: readonly Secret[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
