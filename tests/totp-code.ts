import { Secret, TOTP } from 'otpauth'

/** What an authenticator app shows for a secret at an instant. */
export function codeOfSecret(secret: string, atMs = Date.now()): string {
  return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: atMs })
}
