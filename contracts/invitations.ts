import { defineWrite } from './define-endpoint'
import { freshPassword, invitationSchema, peopleSchema, roleSchema } from './people'
import { plainText } from './plain-text'
import { emailSchema, passwordSchema } from './set-up'
import { z } from './zod'

/** Of a link; it stands behind the `#` of an address, which browsers keep to themselves. */
const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Its answer is the one place that the link is ever in, besides the mail. */
export const createInvitation = defineWrite({
  method: 'POST',
  path: '/api/invitations',
  body: z.strictObject({ email: emailSchema, asRole: roleSchema, password: freshPassword.default('') }),
  output: z.object({ link: z.string(), invitation: invitationSchema, isMailed: z.boolean() }),
  permission: 'people:manage',
  audit: 'invitation.created',
})

export const revokeInvitation = defineWrite({
  method: 'DELETE',
  path: '/api/invitations/:id',
  params: z.strictObject({ id: z.uuid() }),
  output: peopleSchema,
  permission: 'people:manage',
  audit: 'invitation.revoked',
})

export const openedInvitationSchema = z.object({
  organizationName: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Whoever has an account keeps its name and password. */
  hasAccount: z.boolean(),
  /** False where everybody signs in through OpenID Connect: a new account has a name only. */
  asksPassword: z.boolean(),
})
export type OpenedInvitation = z.infer<typeof openedInvitationSchema>

/** Says what an invitation offers. A post, because its token belongs into no address; who holds the link has no session yet. */
export const openInvitation = defineWrite({
  method: 'POST',
  path: '/api/invitations/open',
  body: z.strictObject({ token: tokenSchema }),
  output: openedInvitationSchema,
  permission: 'public',
  audit: { none: 'changes nothing: a post only keeps the token out of addresses' },
})

/** Takes an invitation, once; makes the account when there is none. Who holds the link has no session yet. */
export const acceptInvitation = defineWrite({
  method: 'POST',
  path: '/api/invitations/accept',
  body: z.strictObject({
    token: tokenSchema,
    /** Of a new account; who has one sends none. */
    account: z.strictObject({ name: plainText(80), password: passwordSchema.nullable() }).nullable(),
  }),
  output: z.object({ email: z.string() }),
  permission: 'public',
  audit: 'invitation.accepted',
})

/** Makes who holds the link an owner with a new password, once. They can't sign in, so there is no session. */
export const recoverOwner = defineWrite({
  method: 'POST',
  path: '/api/owner-recovery',
  body: z.strictObject({ token: tokenSchema, password: passwordSchema }),
  output: z.object({ email: z.string() }),
  permission: 'public',
  audit: 'owner.recovered',
})
