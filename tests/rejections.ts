import type { ErrorCode } from '@/contracts/errors'
import { AppError } from '@/server/http/app-error'

/** The code with which a promise was refused; anything but a refusal of ours is thrown on. */
export async function refusalOf(promise: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await promise
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
