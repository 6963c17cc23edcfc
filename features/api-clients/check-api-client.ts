import { registerApiClientInput, type Environment } from '@/contracts/api-clients'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'

/** The form as it stands; `redirectUri` counts only when `redirect` says `other`. */
export type ApiClientValues = {
  name: string
  clientId: string
  clientSecret: string
  environment: Environment
  upstreamId: string
  apiVersion: string
  redirect: 'ours' | 'other'
  redirectUri: string
}
export type ApiClientField = Exclude<keyof ApiClientValues, 'redirect'>
export type ApiClientMistakes = Readonly<Partial<Record<ApiClientField, true>>>

export const NO_MISTAKES: ApiClientMistakes = {}

/**
 * The fields that the server would refuse; NO_MISTAKES itself when there is none. An edit has no client secret and
 * passes the fields that it holds.
 */
export function checkApiClient(
  values: ApiClientValues,
  { allowLoopbackHttp, fields }: { allowLoopbackHttp: boolean; fields: readonly ApiClientField[] },
): ApiClientMistakes {
  const { redirect, redirectUri, ...rest } = values
  const parsed = registerApiClientInput.safeParse(rest)
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])))
  if (redirect === 'other' && isRefused(redirectUri, allowLoopbackHttp)) wrong.add('redirectUri')
  const mistakes = fields.filter((field) => wrong.has(field))
  return mistakes.length === 0 ? NO_MISTAKES : Object.fromEntries(mistakes.map((field) => [field, true]))
}

function isRefused(uri: string, allowLoopbackHttp: boolean): boolean {
  return checkRedirectUri(uri.trim(), { allowLoopbackHttp }).some((finding) => finding.level === 'error')
}
