import type { AppError } from '../http/app-error'

/** How a refresh ended, for those within the server; `error` may say after how many seconds another try makes sense. */
export type RefreshResult = { readonly outcome: 'refreshed' } | { readonly outcome: 'failed'; readonly error: AppError }
