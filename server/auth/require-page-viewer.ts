import 'server-only'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { pages } from '@/contracts/paths'
import { roleMay, type Permission } from '@/contracts/permissions'
import { isSetUpOpen } from '../set-up/set-up-code'
import { findViewer } from './find-viewer'
import { SESSION_COOKIE } from './session-cookie'
import type { Viewer } from './viewer'

/**
 * The viewer of a page: without a session the browser goes to the sign-in page, and on an empty database to the set-up.
 * Without the permission it goes to the overview; the API refuses in its own right.
 */
export async function requirePageViewer(permission?: Permission): Promise<Viewer> {
  const viewer = await findViewer((await cookies()).get(SESSION_COOKIE)?.value)
  if (!viewer) redirect((await isSetUpOpen()) ? pages.setUp() : pages.signIn())
  if (permission && !roleMay(viewer.role, permission)) redirect(pages.overview())
  return viewer
}
