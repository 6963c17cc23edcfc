import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCredentials } from './find-credentials'

const ID = 'public_8f2a1c9d7e5b4a3f'
const SECRET = 'secret_0d9c8b7a6f5e4d3c2b1a'

const inBase64Lines = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')

describe('findCredentials', () => {
  it.each([
    ['labels with colons', `Hello,\n\nClient ID: ${ID}\nClient Secret: ${SECRET}\n\nRegards`],
    ['labels on lines of their own', `Your client_id\n${ID}\n\nYour client_secret\n${SECRET}\n`],
    ['a sentence', `Your client id is "${ID}" and your client secret is "${SECRET}".`],
    ['JSON', `{"client_id": "${ID}", "client_secret": "${SECRET}"}`],
    ['a form', `client_id=${ID}&client_secret=${SECRET}&grant_type=code`],
    ['HTML', `<table><tr><td><b>Client&nbsp;ID</b></td><td>${ID}</td></tr><tr><td>Client&nbsp;secret:</td><td><code>${SECRET}</code></td></tr></table>`],
    ['a quoted reply', `> Client id: ${ID}\n> Client secret: ${SECRET}\n`],
    ['quoted-printable lines', `Client id=3D ${ID.slice(0, 10)}=\n${ID.slice(10)}\nClient secret: ${SECRET.slice(0, 9)}=\r\n${SECRET.slice(9)}\n`],
    ['a base64 part', `From: openapi@example.com\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${inBase64Lines(`<p>Buongiorno – Client ID: <b>${ID}</b><br>Client secret: <b>${SECRET}</b></p>`)}\r\n\r\n--next--\r\n`],
    ['shapes without labels', `Use ${ID} with ${SECRET}.`],
    ['the secret first', `secret: ${SECRET}\nid: ${ID}`],
  ])('finds both in %s', (_name, mail) => {
    expect(findCredentials(mail)).toEqual({ clientId: ID, clientSecret: SECRET })
  })

  it.each([
    ['Client id: keyrack-sandbox\nClient secret: sbx_secret_4711', 'keyrack-sandbox', 'sbx_secret_4711'],
    ['Client-ID\tabc123\nClient-Secret\tXyZ987==', 'abc123', 'XyZ987=='],
    ['API client: 4711-hotel. API secret: q1w2e3r4t5.', '4711-hotel', 'q1w2e3r4t5'],
  ])('takes other shapes by their labels: %s', (mail, clientId, clientSecret) => {
    expect(findCredentials(mail)).toEqual({ clientId, clientSecret })
  })

  it.each([
    '', 'Hello, your client id will follow in another mail. Your client secret follows too.', 'The secret of a good hotel is its breakfast.',
    'Client id:\n\nClient secret:\n',
  ])('guesses nothing from %j', (mail) => {
    expect(findCredentials(mail)).toEqual({ clientId: null, clientSecret: null })
  })

  it('says what is missing, when only one is there', () => {
    expect(findCredentials(`Client id: ${ID}`)).toEqual({ clientId: ID, clientSecret: null })
    expect(findCredentials(`Client secret: ${SECRET}`)).toEqual({ clientId: null, clientSecret: SECRET })
  })

  it('ends soon on any text, because a mail is pasted by anybody', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (mail) => {
        const { clientId, clientSecret } = findCredentials(mail)
        expect([clientId, clientSecret].every((value) => value === null || value.length >= 4)).toBe(true)
      }),
    )
    for (const piece of ['client id ', 'secret: ', 'Content-Transfer-Encoding: base64\n', 'Content-Transfer-Encoding: base64\n\nQQ==\n', '<', '=\n', '> ', 'public_', '"']) findCredentials(piece.repeat(10_000))
  })
})
