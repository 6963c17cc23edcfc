import { AppError } from '../http/app-error'

const RETRY_AFTER_SECONDS = 2

/** The refusal of whoever could not be served because the database could not be asked, or not in time. */
export function databaseUnavailable(cause?: unknown): AppError {
  return new AppError('database_unavailable', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS })
}
