import 'server-only'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { getRuntime } from '../runtime'
import { toSmtpOptions } from './to-smtp-options'

export interface ReadyMail {
  readonly id: string
  readonly recipient: string
  readonly subject: string
  readonly text: string
  readonly createdAt: Date
}

const NOBODY = 'Keyrack <keyrack@localhost>'

/**
 * Hands a mail to the mail server, or without one writes it into the data folder, readable by its owner only.
 *
 * @returns the state that the mail is in now.
 * @throws whatever the SMTP client throws; see readMailFailure.
 */
export async function deliverMail(mail: ReadyMail): Promise<'sent' | 'written'> {
  const { env, mailFolder } = getRuntime()
  const message = toMessage(mail)
  if (env.KEYRACK_SMTP_URL) {
    const transport = createTransport(toSmtpOptions(env.KEYRACK_SMTP_URL))
    try {
      await transport.sendMail(message)
    } finally {
      transport.close()
    }
    return 'sent'
  }
  const { message: bytes } = await createTransport({ streamTransport: true, buffer: true }).sendMail(message)
  await mkdir(mailFolder, { recursive: true, mode: 0o700 })
  await writeFile(path.join(mailFolder, `${mail.id}.eml`), bytes, { mode: 0o600 })
  return 'written'
}

/** A mail that is sent again after a crash has the same Message-ID, by which mailboxes tell it from another. */
function toMessage({ id, recipient, subject, text, createdAt }: ReadyMail): SendMailOptions {
  const { env, publicUrl } = getRuntime()
  return {
    from: env.KEYRACK_MAIL_FROM ?? NOBODY,
    to: { name: '', address: recipient },
    subject,
    text,
    date: createdAt,
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}
