import { digest, equalInConstantTime, randomToken } from '../crypto/digest'

/** The end of a link's page stays readable for so long after the link itself is over. */
const READABLE_MS = 24 * 60 * 60_000

/** One cookie per link, not per browser: two links in two tabs do not disturb each other. */
export function visitCookieName(linkId: string): string {
  return `__Host-keyrack-visit-${linkId.replaceAll('-', '').slice(0, 16)}`
}

export const CODE_COOKIE = '__Host-keyrack-code'
const CODE_COOKIE_SECONDS = 30 * 60

export function visitCookie(link: { readonly id: string; readonly expiresAt: Date }, value: string, now: Date): string {
  const seconds = Math.ceil((link.expiresAt.getTime() - now.getTime() + READABLE_MS) / 1000)
  return serialize(visitCookieName(link.id), value, Math.max(seconds, 1))
}

export function codeCookie(value: string): string {
  return serialize(CODE_COOKIE, value, CODE_COOKIE_SECONDS)
}

export function serialize(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`
}

/** A cookie's value from the request's own header; only what this server could have written. */
export function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/).map((pair) => pair.split(/=(.*)/s))
  const [, value = ''] = pairs.find(([key]) => key === name) ?? []
  return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null
}

export function newBrowserToken(): string {
  return randomToken()
}

/** Goes into the form: only a page that this browser was shown by us can know it. */
export function formToken(browserToken: string): string {
  return digest(`form ${browserToken}`)
}

export function isFormToken(browserToken: string, given: string): boolean {
  return equalInConstantTime(formToken(browserToken), given)
}
