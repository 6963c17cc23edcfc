import { defineRead, defineWrite } from './define-endpoint'
import { freshPassword } from './people'
import { z } from './zod'

export const RECOVERY_CODES = 10

const stateSchema = z.object({
  /** As the authenticator app shows it. */
  account: z.string(),
  isOn: z.boolean(),
  since: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.number().int(),
  /** The organization wants it of everybody who signs in with a password. */
  isRequired: z.boolean(),
  /** Whether they sign in with a password at all. */
  hasPassword: z.boolean(),
})
export type TwoFactorState = z.infer<typeof stateSchema>

/** Shown once each. */
const codesSchema = z.object({ recoveryCodes: z.array(z.string()), state: stateSchema })
export type ShownCodes = z.infer<typeof codesSchema>

const passwordBody = z.strictObject({ password: freshPassword })

export const getTwoFactor = defineRead({ path: '/api/two-factor', output: stateSchema, permission: 'account:own' })

/** Its answer is the one place that the secret is ever in. Nothing is asked at sign-in before a code has confirmed it. */
export const beginTwoFactor = defineWrite({
  method: 'POST',
  path: '/api/two-factor',
  body: passwordBody,
  output: z.object({ secret: z.string(), uri: z.string() }),
  permission: 'account:own',
  audit: 'two_factor.begun',
})

export const confirmTwoFactor = defineWrite({
  method: 'POST',
  path: '/api/two-factor/confirmation',
  body: z.strictObject({ code: z.string().trim().max(20) }),
  output: codesSchema,
  permission: 'account:own',
  audit: 'two_factor.enabled',
})

/** Makes new recovery codes; the old ones end. */
export const renewRecoveryCodes = defineWrite({
  method: 'POST',
  path: '/api/two-factor/recovery-codes',
  body: passwordBody,
  output: codesSchema,
  permission: 'account:own',
  audit: 'two_factor.codes_renewed',
})

export const disableTwoFactor = defineWrite({
  method: 'DELETE',
  path: '/api/two-factor',
  body: passwordBody,
  output: stateSchema,
  permission: 'account:own',
  audit: 'two_factor.disabled',
})
