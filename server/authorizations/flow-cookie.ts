/** One cookie per flow, not per browser: two connects in two tabs do not disturb each other. */
export function flowCookieName(authorizationId: string): string {
  return `__Host-keyrack-flow-${authorizationId.replaceAll('-', '').slice(0, 16)}`
}

export const FLOW_LIFETIME_MS = 10 * 60 * 1000

export const FLOW_COOKIE_OPTIONS = {
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  path: '/',
  maxAge: FLOW_LIFETIME_MS / 1000,
} as const
