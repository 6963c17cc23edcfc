import 'server-only'
import { digest } from '../crypto/digest'
import { makeReadableCode } from '../crypto/readable-code'
import { db } from '../db'

/** A new one-time code for an empty database; null when there is an owner already. */
export async function issueSetUpCode(): Promise<string | null> {
  if (!(await isSetUpOpen())) return null
  const code = makeReadableCode()
  await db().setUpCode.create({ data: { digest: digest(code) } })
  return code
}

/** True until the first user exists. */
export async function isSetUpOpen(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) === null
}
