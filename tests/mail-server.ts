import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly from: string
  /** Headers and body as they came. */
  readonly raw: string
  /** The text of a body in quoted-printable or plain, with its lines whole again. */
  readonly text: string
}

export interface MailServer {
  readonly url: string
  readonly received: ReceivedMail[]
  /** What it answers to a recipient: null accepts. */
  refuse: ((address: string) => { code: number; text: string } | null) | null
  close(): Promise<void>
}

/** A real mail server on this machine that keeps what it receives. */
export async function openMailServer({ port = 0 } = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const mailServer: MailServer = {
    get url() {
      return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
    },
    received,
    refuse: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      const refusal = mailServer.refuse?.(address)
      callback(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null)
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const { mailFrom, rcptTo } = session.envelope
        received.push({ raw, text: textOfMail(raw), from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) })
        callback(null)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return mailServer
}

/** The text of a mail as it came, with its lines whole again. */
export function textOfMail(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n').replaceAll('\r\n', '\n').trimEnd()
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body
  const bytes = body.replaceAll('=\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
