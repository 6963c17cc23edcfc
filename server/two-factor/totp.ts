import { Secret as OtpSecret, TOTP } from 'otpauth'

const PERIOD_S = 30
/** A clock may be wrong by so many steps, either way. */
const WINDOW = 1
const SECRET_BYTES = 20
const FORM = /^\d{6}$/

/** What every authenticator app understands: SHA-1, six digits, thirty seconds. */
function totpOf(secret: string, account: string): TOTP {
  return new TOTP({ issuer: 'Keyrack', label: account, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: OtpSecret.fromBase32(secret) })
}

/** A new secret of 160 bits, in base32. */
export function makeTotpSecret(): string {
  return new OtpSecret({ size: SECRET_BYTES }).base32
}

/** The address that an authenticator app reads from a QR code. */
export function totpUri(secret: string, account: string): string {
  return totpOf(secret, account).toString()
}

/** The time step that a typed code belongs to; null for one that is of no step near this instant. */
export function stepOfCode(secret: string, typed: string, now: Date): number | null {
  const token = typed.replace(/\s+/g, '')
  if (!FORM.test(token)) return null
  const delta = totpOf(secret, '').validate({ token, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta
}
