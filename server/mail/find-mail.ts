import 'server-only'
import type { Mail } from '@/contracts/mail'
import { db } from '../db'

/** How a mail fares; null once it is forgotten. */
export function findMail(organizationId: string, id: string): Promise<Pick<Mail, 'state' | 'failure'> | null> {
  return db().mail.findFirst({ where: { id, organizationId }, select: { state: true, failure: true } })
}
