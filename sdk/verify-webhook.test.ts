import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyWebhook } from './verify-webhook'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const now = new Date('2026-03-16T09:10:11Z')
const body = JSON.stringify({ id: 'evt-1', type: 'connection.reconnected', timestamp: now.toISOString(), organization: { id: 'o' }, data: {} })

function signed({ by = secret, at = now, bytes = body } = {}) {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const key = Buffer.from(by.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`evt-1.${timestamp}.${bytes}`).digest('base64')
  return { 'webhook-id': 'evt-1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

describe('verifyWebhook', () => {
  it('reads a message that is signed with the secret, from headers of any shape and a body of text or bytes', () => {
    const event = { id: 'evt-1', type: 'connection.reconnected' }
    expect(verifyWebhook({ headers: signed(), body, secret, now })).toMatchObject(event)
    expect(verifyWebhook({ headers: new Headers(signed()), body: Buffer.from(body), secret, now })).toMatchObject(event)
    const upper = Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), [value]]))
    expect(verifyWebhook({ headers: upper, body, secret, now })).toMatchObject(event)
  })

  it('takes either of two secrets, and any of several signatures, because one may be on its way out', () => {
    const other = `whsec_${randomBytes(32).toString('base64')}`
    expect(verifyWebhook({ headers: signed(), body, secret: [other, secret], now }).id).toBe('evt-1')
    const both = { ...signed(), 'webhook-signature': `${signed({ by: other })['webhook-signature']} ${signed()['webhook-signature']}` }
    expect(verifyWebhook({ headers: both, body, secret, now }).id).toBe('evt-1')
  })

  it.each([
    ['webhook_unsigned', { headers: {}, body }],
    ['webhook_unsigned', { headers: { ...signed(), 'webhook-timestamp': 'now' }, body }],
    ['webhook_too_old', { headers: signed({ at: new Date(now.getTime() - 301_000) }), body }],
    ['webhook_too_old', { headers: signed({ at: new Date(now.getTime() + 301_000) }), body }],
    ['webhook_forged', { headers: signed(), body: body.replace('reconnected', 'disconnected') }],
    ['webhook_forged', { headers: { ...signed(), 'webhook-id': 'evt-2' }, body }],
    ['webhook_forged', { headers: { ...signed(), 'webhook-signature': 'v1,AAAA v2,BBBB' }, body }],
    ['webhook_unreadable', { headers: signed({ bytes: '[]' }), body: '[]' }],
  ])('refuses with %s what is not Keyrack’s, or not as it was', (code, message) => {
    expect(() => verifyWebhook({ ...message, secret, now })).toThrow(expect.objectContaining({ code }))
  })

  it('refuses an absent secret, because an empty key would verify what anybody signed', () => {
    expect(() => verifyWebhook({ headers: signed({ by: 'whsec_' }), body, secret: '', now })).toThrow(TypeError)
  })
})
