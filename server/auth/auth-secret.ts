import 'server-only'
import { requireKeys } from '../crypto/require-keys'

/** The secret that next-auth encrypts its cookies with: derived from our key, so there is nothing more to configure. */
export function authSecret(): string {
  return requireKeys().derive('next-auth').toString('base64url')
}
