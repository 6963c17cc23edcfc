import { AppError } from '../http/app-error'

/** `krk_live_` or `krk_test_`, 43 characters and a checksum of six. */
const KEY_LENGTH = 58
const BEARER = /^bearer +(.*)$/is

/**
 * The credential of an `Authorization: Bearer` header (RFC 6750), when it is as long as a machine key.
 *
 * @throws AppError `machine_key_missing` without a header or with another scheme, `machine_key_invalid` otherwise.
 */
export function readBearer(headerValue: string | undefined): string {
  const credential = BEARER.exec(headerValue ?? '')?.[1]
  if (credential === undefined) throw new AppError('machine_key_missing')
  if (credential.length !== KEY_LENGTH) throw new AppError('machine_key_invalid')
  return credential
}
