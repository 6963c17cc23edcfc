import 'server-only'
import type { Mail } from '@/contracts/mail'
import type { Viewer } from '../auth/viewer'
import { maskMailText } from './mask-mail-text'
import { openMailText, requireMail } from './require-mail'
import { toMail } from './to-dto'

/** A mail with its text masked. @throws AppError `not_found` */
export async function readMail(viewer: Pick<Viewer, 'organizationId'>, id: string): Promise<{ mail: Mail; text: string | null }> {
  const row = await requireMail(viewer, id)
  const text = openMailText(row)
  return { mail: toMail(row), text: text && maskMailText(text) }
}
