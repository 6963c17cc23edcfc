import 'server-only'
import { createHmac } from 'node:crypto'
import { equalInConstantTime, randomToken } from '../crypto/digest'
import { requireKeys } from '../crypto/require-keys'

export const DEVICE_COOKIE = '__Host-keyrack-device'
export const DEVICE_COOKIE_AGE_S = 180 * 24 * 60 * 60

/** A device on which this e-mail signed in before carries `id.mac`; it proves nothing but that. */
export function makeDeviceCookie(email: string): string {
  const id = randomToken()
  return `${id}.${macOf(id, email)}`
}

/** The device's id when its cookie was issued for this e-mail, else null. */
export function readDeviceCookie(cookie: string | undefined, email: string): string | null {
  const [id, mac] = cookie?.split('.') ?? []
  return id && mac && equalInConstantTime(mac, macOf(id, email)) ? id : null
}

function macOf(id: string, email: string): string {
  return createHmac('sha256', requireKeys().derive('known-device')).update(`${id} ${email}`).digest('base64url')
}
