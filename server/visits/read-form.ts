import { AppError } from '../http/app-error'
import { requireSameOrigin } from '../http/origin-check'
import { getRuntime } from '../runtime'
import { isFormToken } from './visit-cookie'

const MOST_BYTES = 4_096

/**
 * The fields of a form of ours. It must come from our own page: by origin, by the browser's word, and by a token that
 * only the page knew which this very browser was shown.
 *
 * @throws AppError `cross_site_request`, `wrong_content_type`, `body_too_large`, `other_browser` without cookie or token
 */
export async function readForm(request: Request, browserToken: string | null): Promise<URLSearchParams> {
  requireSameOrigin(request.headers, getRuntime().publicUrl)
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') throw new AppError('wrong_content_type')
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) throw new AppError('body_too_large')
  const fields = new URLSearchParams(await request.text())
  if (browserToken === null || !isFormToken(browserToken, fields.get('form') ?? '')) throw new AppError('other_browser')
  return fields
}
