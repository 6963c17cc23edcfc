import 'server-only'
import type { Viewer } from '../auth/viewer'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { db } from '../db'
import type { Mail } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { mailBodyContext } from './mail-body-context'

/** @throws AppError `not_found` */
export async function requireMail({ organizationId }: Pick<Viewer, 'organizationId'>, id: string): Promise<Mail> {
  const row = await db().mail.findFirst({ where: { id, organizationId } })
  if (!row) throw new AppError('not_found')
  return row
}

/** A mail's text; null once it is forgotten. @throws AppError `sealed`; SealError */
export function openMailText({ id, organizationId, bodySealed }: Mail): string | null {
  return bodySealed === null ? null : open(requireKeys(), mailBodyContext({ organizationId, mailId: id }), bodySealed)
}
