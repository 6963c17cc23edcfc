import type { ErrorCode } from '@/contracts/errors'
import { toAppError } from '@/server/http/to-app-error'

/** The code that a person would read of a promise's refusal, or `none`; what nobody foresaw is thrown on. */
export async function refusalOf(promise: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await promise
    return 'none'
  } catch (error) {
    const { code } = toAppError(error)
    if (code === 'internal') throw error
    return code
  }
}
