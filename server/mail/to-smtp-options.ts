import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { isLoopbackHost } from '@/lib/net/is-loopback-host'

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000

/**
 * How a mail server is spoken to. `smtps://` is TLS from the first byte; `smtp://` must turn to TLS before anything else,
 * except on this machine, where nothing can listen in between. Certificates are always checked.
 */
export function toSmtpOptions(address: string): SMTPTransport.Options {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  const plain = !secure && isLoopbackHost(url.hostname)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !plain,
    ignoreTLS: plain,
    ...(url.username && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
