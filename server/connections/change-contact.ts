import 'server-only'
import type { z } from 'zod'
import type { changeContact as endpoint, Contact } from '@/contracts/contacts'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { toContact } from './to-contact'

type Body = z.output<typeof endpoint.body>

/** Whom to reach at the property. The proof says which fields changed, not what they held. @throws AppError `not_found` */
export async function changeContact({ viewer, context }: Actor, id: string, { name, email, language, phone }: Body): Promise<Contact> {
  const { organizationId, userId } = viewer
  const data = { contactName: name, contactEmail: email, contactLanguage: language, contactPhone: phone }
  return transaction(async (tx) => {
    const before = await tx.connection.findFirst({
      where: { id, organizationId },
      select: { contactName: true, contactEmail: true, contactLanguage: true, contactPhone: true },
    })
    if (!before) throw new AppError('not_found')
    await tx.connection.updateMany({ where: { id, organizationId }, data })
    const changed = Object.entries(data).flatMap(([field, value]) => (before[field as keyof typeof before] === value ? [] : [field]))
    await recordAudit(tx, {
      action: 'connection.contact_changed', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'connection', id }, detail: { changed }, context, at: getRuntime().clock(),
    })
    return toContact(data)
  })
}
