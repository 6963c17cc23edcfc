import { defineRead, defineWrite } from './define-endpoint'
import { freshPassword, roleSchema } from './people'
import { plainText } from './plain-text'
import { z } from './zod'

const choiceSchema = z.object({ id: z.uuid(), name: z.string(), role: roleSchema, isCurrent: z.boolean() })
export type OrganizationChoice = z.infer<typeof choiceSchema>

export const organizationSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  requiresTwoFactor: z.boolean(),
  /** Members who sign in without a second factor, and would have to enrol. */
  withoutTwoFactor: z.number().int(),
})
export type OrganizationDetail = z.infer<typeof organizationSchema>

export const getOrganization = defineRead({ path: '/api/organization', output: organizationSchema, permission: 'organization:manage' })

export const changeOrganization = defineWrite({
  method: 'PATCH',
  path: '/api/organization',
  body: z.strictObject({
    name: plainText(80).optional(),
    requiresTwoFactor: z.boolean().optional(),
    /** Asked for when the rule of two-factor sign-in changes. */
    password: freshPassword.default(''),
  }),
  output: organizationSchema,
  permission: 'organization:manage',
  audit: 'organization.changed',
})

/** Makes a further organization whose owner is who asks. */
export const createOrganization = defineWrite({
  method: 'POST',
  path: '/api/organizations',
  body: z.strictObject({ name: plainText(80) }),
  output: organizationSchema,
  permission: 'organization:manage',
  audit: 'organization.created',
})

/** Who is signed in, and where: what an open page asks to notice that this is over. */
export const getViewer = defineRead({
  path: '/api/viewer',
  output: z.object({ id: z.uuid(), organizationId: z.uuid(), role: roleSchema, mustEnrol: z.boolean() }),
  permission: 'account:own',
})

/** Takes this session over to another organization of the person's. */
export const chooseOrganization = defineWrite({
  method: 'POST',
  path: '/api/organizations/:id/choose',
  params: z.strictObject({ id: z.uuid() }),
  output: choiceSchema,
  permission: 'account:own',
  audit: 'session.moved',
})
