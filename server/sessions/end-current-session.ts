import 'server-only'
import { cookies, headers } from 'next/headers'
import { readSessionToken } from '../auth/find-viewer'
import { SESSION_COOKIE } from '../auth/session-cookie'
import { requestContext } from '../http/request-context'
import { endSession } from './end-session'

/** Ends the session of this browser, or throws: nobody is told that they are signed out while the session lives on. */
export async function endCurrentSession(): Promise<void> {
  const token = await readSessionToken((await cookies()).get(SESSION_COOKIE)?.value)
  if (token) await endSession(token, requestContext(await headers()))
}
