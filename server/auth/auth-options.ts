import 'server-only'
import { cookies, headers } from 'next/headers'
import type { AuthOptions, User } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { pages } from '@/contracts/paths'
import { AppError } from '../http/app-error'
import { requestContext } from '../http/request-context'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { startSession } from '../sessions/start-session'
import { DEVICE_COOKIE, DEVICE_COOKIE_AGE_S, makeDeviceCookie } from '../sign-in/known-device'
import { takeOidcUser } from '../sign-in/take-oidc-user'
import { verifyPassword } from '../sign-in/verify-password'
import { requireSecondFactor } from '../two-factor/require-second-factor'
import { authSecret } from './auth-secret'
import { readSessionToken } from './find-viewer'
import { oidcProvider } from './oidc-provider'
import { SESSION_COOKIE, SESSION_LIFETIME_MS } from './session-cookie'

/**
 * next-auth's options. Its database sessions refuse the Credentials provider, so its own token carries a random
 * session id, and the `sessions` table decides (see find-viewer.ts). `onWait` hears how long somebody has to wait who
 * tried too often: next-auth's own answer holds no more than a code.
 */
export function authOptions(onWait: (seconds: number) => void = () => undefined): AuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME_MS / 1000 },
    useSecureCookies: true,
    cookies: hostCookies(),
    pages: { signIn: pages.signIn(), signOut: pages.signIn(), error: pages.signIn() },
    providers: [...(getRuntime().env.KEYRACK_PASSWORDS === 'off' ? [] : [passwordProvider(onWait)]), ...oidcProvider()],
    callbacks: {
      signIn: ({ account, profile, user }) =>
        account?.type === 'credentials' ? true : takeOidcUser(profile).then((known) => adopt(user, known), refuseQuietly),
      jwt: async ({ token, user, account }) => {
        if (!user) return { sessionToken: token['sessionToken'] }
        return { sessionToken: await beginSession(user.id, account?.type === 'credentials' ? 'password' : 'oidc') }
      },
      // The browser learns nothing from next-auth's session endpoint.
      session: ({ session }) => ({ expires: session.expires }),
    },
    // Its own words may hold what a provider sent: the code and the kind of error say enough.
    logger: { error: (code, given) => log().warn({ code, kind: kindOf(given) }, 'sign-in failed'), warn: () => undefined, debug: () => undefined },
  }
}

function passwordProvider(onWait: (seconds: number) => void) {
  return Credentials({
    credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
    async authorize(credentials) {
      const jar = await cookies()
      const email = String(credentials?.email ?? '')
      const context = requestContext(await headers())
      const user = await verifyPassword({
        email,
        password: String(credentials?.password ?? ''),
        deviceCookie: jar.get(DEVICE_COOKIE)?.value,
        context,
        secondProof: ({ id }) => requireSecondFactor(id, String(credentials?.code ?? ''), context),
      }).catch((error: unknown) => {
        const seconds = error instanceof AppError ? error.extras.retryAfterSeconds : undefined
        if (seconds !== undefined) onWait(seconds)
        // next-auth shows the message of what is thrown here as its error code.
        throw new Error(error instanceof AppError ? error.code : 'internal')
      })
      if (!user) return null
      jar.set(DEVICE_COOKIE, makeDeviceCookie(user.email), {
        httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: DEVICE_COOKIE_AGE_S,
      })
      return { id: user.id }
    },
  })
}

async function beginSession(userId: string, method: 'password' | 'oidc'): Promise<string> {
  const previous = (await cookies()).get(SESSION_COOKIE)?.value
  return startSession({
    userId,
    previousToken: await readSessionToken(previous),
    method,
    context: requestContext(await headers()),
  })
}

function adopt(user: User, known: { id: string } | null): boolean {
  if (known) user.id = known.id
  return known !== null
}

/** What is thrown in that callback would go into an address. */
function refuseQuietly(err: unknown): false {
  log().error({ err }, 'sign-in failed')
  return false
}

function kindOf(given: unknown): string {
  const error = given instanceof Error ? given : (given as { error?: unknown } | undefined)?.error
  return error instanceof Error ? error.name : 'unknown'
}

function hostCookies(): NonNullable<AuthOptions['cookies']> {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: true } as const
  const cookie = (name: string) => ({ name: `__Host-keyrack-${name}`, options })
  return {
    sessionToken: { name: SESSION_COOKIE, options },
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce'),
    state: cookie('oidc-state'),
    nonce: cookie('oidc-nonce'),
  }
}
