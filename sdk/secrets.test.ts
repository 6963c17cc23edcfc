import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createKeyrackClient, KeyrackError } from './create-keyrack-client'
import { KEYRACK, openClient, problem, SOME_KEY, token } from '../tests/fake-keyrack'

const SECRET = 'octorate-access-token-0123456789'

/** Every way in which a value ends up in a log. */
function shown(value: unknown): string {
  const hidden = inspect(value, { showHidden: true, depth: 20, getters: false })
  const own = value instanceof Error ? [value.message, value.stack, JSON.stringify(value), inspect(value.cause)] : []
  return [hidden, JSON.stringify(value), String(value), ...own].join('\n')
}

describe('secrets', () => {
  it('are not seen in a client, printed or as JSON, because clients end up in logs', async () => {
    const { client } = openClient([token(SECRET)])
    await client.getAccessToken({ propertyId: '7' })
    expect(shown(client)).not.toContain(SOME_KEY)
    expect(shown(client)).not.toContain(SECRET)
    expect(JSON.stringify(client)).toBe('{}')
  })

  it('are not seen in a token, which shows its name instead', async () => {
    const { client } = openClient([token(SECRET)])
    const held = await client.getAccessToken({ propertyId: '7' })
    expect(held.value).toBe(SECRET)
    expect(shown(held)).not.toContain(SECRET)
    expect(shown(held)).toContain(held.fingerprint)
    expect(`${held}`).toBe(`access token ${held.fingerprint}`)
    expect(shown(Object.entries(held))).not.toContain(SECRET)
  })

  it.each([
    ['a refusal', async () => problem(401, 'machine_key_invalid')],
    ['an answer that is none', async () => Response.json({ accessToken: SECRET })],
    ['a token that ended on its way', async () => token(SECRET, 0)],
    ['a failure that holds the request', async () => Promise.reject(Object.assign(new Error(`sent ${SOME_KEY}`), { headers: { authorization: SOME_KEY } }))],
    ['a code that is no code', async () => Promise.reject(Object.assign(new Error('x'), { code: SOME_KEY }))],
  ])('are not seen in the error after %s', async (_, answer) => {
    const client = createKeyrackClient({ url: KEYRACK, key: SOME_KEY, fetch: answer, random: () => 0 })
    const error = await client.getAccessToken({ propertyId: '7' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(KeyrackError)
    expect(shown(error)).not.toContain(SOME_KEY)
    expect(shown(error)).not.toContain(SECRET)
  })
})
