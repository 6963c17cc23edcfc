import type { Answer } from './exchange'

export type ApiErrorType =
  | 'ApiParamsExemption'
  | 'JsonParseExemption'
  | 'ApiValidationFailed'
  | 'ApiKeyMissing'
  | 'ApiKeyInvalid'
  | 'ApiSecurityException'
  | 'ApiLoginExpired'
  | 'ApiQuotaException'
  | 'WrongEnviroment'
  | 'ApiResourceMissing'
  | 'ApiServerException'

/** Octorate's error body (API description, Errors). */
export type ApiError = {
  readonly message: string
  readonly type?: ApiErrorType
  readonly element?: string
  readonly suggestion?: string
}

export function json(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) }
}

export function apiError(status: number, error: ApiError): Answer {
  const { message, type, element, suggestion } = error
  return json(status, {
    message,
    ...(type && { type, machine_name: type }),
    human_name: message,
    ...(element && { element }),
    ...(suggestion && { suggestion }),
    nested: [],
  })
}
