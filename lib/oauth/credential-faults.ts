/** What is wrong with the look of credentials; nothing is said of whether Octorate takes them. */
export type CredentialFault = 'swapped' | 'blanks' | 'token' | 'other_shape'

const ID_SHAPE = /^public_[A-Za-z0-9_.-]+$/
const SECRET_SHAPE = /^secret_[A-Za-z0-9_.-]+$/
/** The sandbox's secrets; its ids are as anybody likes. */
const SANDBOX_SHAPE = /^sbx_[A-Za-z0-9_.-]+$/
/** A JSON Web Token, or one of our own keys. */
const TOKEN_SHAPE = /^(?:eyJ[\w-]+\.|kr[kt]_)/

/** The gravest first. */
export function credentialFaults(clientId: string, clientSecret: string): CredentialFault[] {
  const faults: CredentialFault[] = []
  if (clientId.startsWith('secret_') || clientSecret.startsWith('public_')) faults.push('swapped')
  if ([clientId, clientSecret].some((text) => /[^\x21-\x7e]/.test(text))) faults.push('blanks')
  if (TOKEN_SHAPE.test(clientSecret)) faults.push('token')
  const isShaped = SANDBOX_SHAPE.test(clientSecret) || (ID_SHAPE.test(clientId) && SECRET_SHAPE.test(clientSecret))
  if (faults.length === 0 && !isShaped) faults.push('other_shape')
  return faults
}
