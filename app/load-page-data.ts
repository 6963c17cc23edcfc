import 'server-only'
import { headers } from 'next/headers'
import { notFound, unstable_rethrow as rethrow } from 'next/navigation'
import { pageDigest } from '@/features/shell/page-digest'
import { problem } from '@/server/http/problem'
import { requestContext } from '@/server/http/request-context'
import { toAppError } from '@/server/http/to-app-error'

/**
 * Runs what a page needs of the services. "Not found" becomes the not-found page; any other refusal is logged as the
 * API would log it, and reaches the error page with its code and the request id.
 */
export async function loadPageData<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    rethrow(error)
    const refusal = toAppError(error)
    if (refusal.code === 'not_found') notFound()
    const { requestId } = requestContext(await headers())
    problem(refusal, requestId)
    throw Object.assign(new Error(refusal.code), { digest: pageDigest(refusal.code, requestId) })
  }
}
