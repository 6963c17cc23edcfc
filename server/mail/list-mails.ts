import 'server-only'
import type { MailPage, MailQuery } from '@/contracts/mail'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { toMail } from './to-dto'

const PAGE_SIZE = 50

/** The organization's mails, the newest first, and how they go out. */
export async function listMails({ organizationId }: Pick<Viewer, 'organizationId'>, { page, state }: MailQuery): Promise<MailPage> {
  const where = { organizationId, ...(state && { state }) }
  const [found, total] = await Promise.all([
    db().mail.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE + 1 }),
    db().mail.count({ where }),
  ])
  const { env, mailFolder } = getRuntime()
  const { KEYRACK_SMTP_URL: smtp, KEYRACK_MAIL_FROM: from } = env
  return {
    items: found.slice(0, PAGE_SIZE).map(toMail),
    page,
    hasNext: found.length > PAGE_SIZE,
    total,
    server: smtp ? new URL(smtp).host : null,
    from: from ?? null,
    folder: mailFolder,
  }
}
