import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { pages } from '@/contracts/paths'
import { OPEN_BEFORE_ENROLMENT, roleMay, type Permission } from '@/contracts/permissions'
import { UNATTENDED_HEADER } from '@/contracts/unattended'
import { safeReturnTo } from '@/lib/return-to'
import { PATH_HEADER } from '../http/request-context'
import { isSetUpOpen } from '../set-up/set-up-code'
import { findViewer } from './find-viewer'
import { SESSION_COOKIE } from './session-cookie'
import type { Viewer } from './viewer'

/**
 * The viewer of a page: without a session the browser goes to the sign-in page, and on an empty database to the set-up.
 * Who has to enrol a second factor first is led there. Without the permission it goes to the overview; the API refuses in its own right.
 */
export async function requirePageViewer(permission?: Permission): Promise<Viewer> {
  const viewer = await findPageViewer()
  if (!viewer) redirect((await isSetUpOpen()) ? pages.setUp() : await signInAndReturn())
  if (viewer.mustEnrol && !(permission && OPEN_BEFORE_ENROLMENT.includes(permission))) redirect(pages.twoFactor())
  if (permission && !roleMay(viewer.role, permission)) redirect(pages.overview())
  return viewer
}

/** The viewer of a page, or nobody. */
export async function findPageViewer(): Promise<Viewer | null> {
  const isUnattended = (await headers()).has(UNATTENDED_HEADER)
  return findViewer((await cookies()).get(SESSION_COOKIE)?.value, { isUnattended })
}

/** The sign-in page, which leads back to the page that was asked for. */
async function signInAndReturn(): Promise<string> {
  const asked = (await headers()).get(PATH_HEADER)?.replace(NEXT_PARAMETER, '')
  const returnTo = safeReturnTo(asked, pages.overview())
  return returnTo === pages.overview() ? pages.signIn() : `${pages.signIn()}?returnTo=${encodeURIComponent(returnTo)}`
}

/** Next adds it, last, when a link is followed. */
const NEXT_PARAMETER = /[?&]_rsc=[^&]*$/
