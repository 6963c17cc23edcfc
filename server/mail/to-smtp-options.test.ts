import { describe, expect, test } from 'vitest'
import { readEnv } from '../env'
import { toSmtpOptions } from './to-smtp-options'

describe('how a mail server is spoken to', () => {
  test('smtp:// turns to TLS before anything else, because names and passwords would cross the network', () => {
    expect(toSmtpOptions('smtp://mail.example.com')).toMatchObject({ port: 587, secure: false, requireTLS: true, ignoreTLS: false })
  })

  test('smtp:// on this machine may stay plain, because nothing can listen in between', () => {
    expect(toSmtpOptions('smtp://127.0.0.1:1025')).toMatchObject({ host: '127.0.0.1', port: 1025, requireTLS: false, ignoreTLS: true })
    expect(toSmtpOptions('smtp://[::1]:1025')).toMatchObject({ host: '::1', requireTLS: false })
  })

  test('smtps:// is TLS from the first byte, with user and password as they were written', () => {
    const options = toSmtpOptions('smtps://keyrack%40example.com:p%40ss@mail.example.com')
    expect(options).toMatchObject({ port: 465, secure: true, auth: { user: 'keyrack@example.com', pass: 'p@ss' } })
  })

  test('certificates are always checked, because nothing says otherwise', () => {
    expect(toSmtpOptions('smtps://mail.example.com').tls).toBeUndefined()
  })
})

describe('the variables for mail', () => {
  test.each(['https://mail.example.com', 'mail.example.com:25', 'smtp://mail.example.com/inbox', 'smtp://mail.example.com?secret-canary'])(
    'refuse %j, which is no address of a mail server, without repeating it',
    (wrong) => {
      const read = () => readEnv({ KEYRACK_SMTP_URL: wrong, KEYRACK_MAIL_FROM: 'a@b.example' })
      expect(read).toThrow(/KEYRACK_SMTP_URL/)
      expect(read).not.toThrow(/canary|inbox/)
    },
  )

  test('ask for a sender beside a mail server, because every mail has one', () => {
    expect(() => readEnv({ KEYRACK_SMTP_URL: 'smtp://mail.example.com' })).toThrow(/KEYRACK_MAIL_FROM/)
    expect(readEnv({ KEYRACK_SMTP_URL: 'smtp://mail.example.com', KEYRACK_MAIL_FROM: 'a@b.example' }).KEYRACK_MAIL_FROM).toBe('a@b.example')
  })
})
