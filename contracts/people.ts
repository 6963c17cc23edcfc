import { defineRead, defineWrite } from './define-endpoint'
import { ROLES } from './permissions'
import { sessionSchema } from './sessions'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })
export const roleSchema = z.enum(ROLES)

/** What a person types to prove that they sit at the keyboard; empty for who has none and signed in a moment ago. */
export const freshPassword = z.string().max(1_000)

export const memberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  /** True for the one who asks. */
  isYou: z.boolean(),
  hasTwoFactor: z.boolean(),
  joinedAt: instant,
  /** Of their living sessions in this organization; null when there is none. */
  lastSeenAt: instant.nullable(),
})
export type Member = z.infer<typeof memberSchema>

export const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  role: roleSchema,
  createdAt: instant,
  expiresAt: instant,
  /** Null when they are no member any more. */
  invitedBy: z.string().nullable(),
})
export type InvitationSummary = z.infer<typeof invitationSchema>

export const peopleSchema = z.object({ people: z.array(memberSchema), invitations: z.array(invitationSchema) })
export type People = z.infer<typeof peopleSchema>

const dependentKeySchema = z.object({ id: z.uuid(), name: z.string(), lastUsedAt: instant.nullable() })

export const personSchema = memberSchema.extend({
  /** An organization keeps one owner at least. */
  isLastOwner: z.boolean(),
  sessions: z.array(sessionSchema),
  /** What ends, and what goes on, when they leave. */
  dependents: z.object({
    personalKeys: z.array(dependentKeySchema),
    serviceKeys: z.array(dependentKeySchema),
    invitations: z.number().int(),
    /** Links to hoteliers that could still be used. */
    links: z.number().int(),
  }),
})
export type PersonDetail = z.infer<typeof personSchema>

export const listPeople = defineRead({ path: '/api/people', output: peopleSchema, permission: 'people:manage' })

export const getPerson = defineRead({ path: '/api/people/:id', params: idParams, output: personSchema, permission: 'people:manage' })

export const changeRole = defineWrite({
  method: 'PATCH',
  path: '/api/people/:id',
  params: idParams,
  body: z.strictObject({ newRole: roleSchema, password: freshPassword }),
  output: personSchema,
  permission: 'people:manage',
  audit: 'person.role_changed',
})

/** Ends a membership, and with it sessions, links, invitations and personal keys. */
export const removePerson = defineWrite({
  method: 'DELETE',
  path: '/api/people/:id',
  params: idParams,
  body: z.strictObject({ password: freshPassword }),
  output: peopleSchema,
  permission: 'people:manage',
  audit: 'person.removed',
})

export const endPersonSessions = defineWrite({
  method: 'DELETE',
  path: '/api/people/:id/sessions',
  params: idParams,
  output: personSchema,
  permission: 'people:manage',
  audit: 'session.revoked',
})

export const endPersonSession = defineWrite({
  method: 'DELETE',
  path: '/api/people/:id/sessions/:sessionId',
  params: z.strictObject({ id: z.uuid(), sessionId: z.uuid() }),
  output: personSchema,
  permission: 'people:manage',
  audit: 'session.revoked',
})

/** For who lost authenticator and recovery codes: they sign in with their password alone until they enrol again. */
export const resetPersonTwoFactor = defineWrite({
  method: 'DELETE',
  path: '/api/people/:id/two-factor',
  params: idParams,
  body: z.strictObject({ password: freshPassword }),
  output: personSchema,
  permission: 'people:manage',
  audit: 'two_factor.reset',
})
