import { problemSchema } from '@/contracts/problem'
import { z } from '@/contracts/zod'
import { ProblemError } from './request'

type SignInCode = 'CredentialsSignin' | 'two_factor_needed' | 'two_factor_wrong' | 'too_many_attempts' | 'sealed' | 'internal'

/** Why a sign-in did not happen; everything else is thrown as a ProblemError. */
export interface SignInRefusal {
  readonly code: SignInCode
  /** After too many attempts. */
  readonly retryAfterSeconds: number | null
}

const CODES: readonly string[] = [
  'CredentialsSignin', 'two_factor_needed', 'two_factor_wrong', 'too_many_attempts', 'sealed', 'internal',
] satisfies SignInCode[]

const answerSchema = z.object({ url: z.string() })
const csrfSchema = z.object({ csrfToken: z.string() })

/**
 * Signs in with e-mail and password, and the code of the second step where that is on. The cookie comes with the answer.
 *
 * @returns why not, or null when it went well.
 */
export async function signInWithPassword(email: string, password: string, code = ''): Promise<SignInRefusal | null> {
  const { url, retryAfterSeconds } = await postAuth('callback/credentials', { email, password, code })
  const error = new URL(url, window.location.origin).searchParams.get('error')
  if (error === null) return null
  return { code: isCode(error) ? error : 'internal', retryAfterSeconds }
}

/** Begins a sign-in with the OpenID Connect provider; answers the provider's address to go to. */
export async function beginOidcSignIn(returnTo: string): Promise<string> {
  return (await postAuth('signin/oidc', { callbackUrl: returnTo })).url
}

/** Ends the session, here and in the database. */
export async function signOut(): Promise<void> {
  await postAuth('signout', {})
}

interface Redirection {
  readonly url: string
  readonly retryAfterSeconds: number | null
}

/** next-auth takes forms and answers where it would redirect to; its token has to be fetched first. */
async function postAuth(action: string, fields: Readonly<Record<string, string>>): Promise<Redirection> {
  const { csrfToken } = csrfSchema.parse(await (await call('csrf')).json())
  const body = new URLSearchParams({ callbackUrl: window.location.origin, ...fields, csrfToken, json: 'true' })
  const answer = await call(action, body)
  const retryAfter = Number(answer.headers.get('retry-after') ?? 0)
  return { url: answerSchema.parse(await answer.json()).url, retryAfterSeconds: retryAfter > 0 ? retryAfter : null }
}

/** A refused password is an answer with status 401, not a problem. */
async function call(action: string, body?: URLSearchParams): Promise<Response> {
  const response = await fetch(`/api/auth/${action}`, {
    cache: 'no-store',
    ...(body ? { method: 'POST', body } : {}),
  }).catch((cause: unknown) => {
    throw new ProblemError(unreachable, cause)
  })
  if (response.headers.get('content-type')?.includes('problem+json')) {
    throw new ProblemError(problemSchema.parse(await response.json()))
  }
  return response
}

const unreachable = {
  type: 'urn:keyrack:problem:unreachable', title: 'unreachable', detail: '', status: 0, code: 'unreachable', turn: 'you', requestId: '',
} as const

function isCode(value: string): value is SignInCode {
  return CODES.includes(value)
}
