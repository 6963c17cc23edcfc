import { environmentSchema } from './api-clients'
import { defineRead, defineWrite } from './define-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const uri = z.string().min(1).max(2_048)
const uris = z.array(uri).max(100)
const idParams = z.strictObject({ id: z.uuid() })

/** What is typed before a removal, and before a change after which nothing is left. */
export const CONFIRMATION_PHRASES = { none: '', remove: 'remove', remove_all: 'remove all' } as const

/** The wanted list, which is ours, beside the live list, which is Octorate's. */
export const redirectUriStateSchema = z.object({
  /** The redirect URI that connects of this API client use now. */
  inUse: z.string(),
  /** Our own callback. */
  callbackUri: z.string(),
  /** True for the sandbox alone: http on this machine is taken. */
  allowLoopbackHttp: z.boolean(),
  wanted: z.array(z.object({ id: z.uuid(), uri: z.string(), note: z.string().nullable(), createdAt: instant })),
  /** As it was last read; null before the first time. */
  live: z.object({ uris: z.array(z.string()), environment: environmentSchema.nullable(), readAt: instant }).nullable(),
  /** A change at Octorate that is not ours, since when it is known; null when there is none. */
  drift: z.object({ at: instant, added: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
  lastWrite: z
    .object({
      id: z.uuid(),
      at: instant,
      before: z.array(z.string()),
      after: z.array(z.string()),
      state: z.enum(['sent', 'verified', 'overtaken', 'failed']),
      undone: z.boolean(),
    })
    .nullable(),
  /** How many connects of the last seven days used an address. */
  recentConnects: z.array(z.object({ uri: z.string(), count: z.number().int() })),
})
export type RedirectUriState = z.infer<typeof redirectUriStateSchema>

export const getRedirectUris = defineRead({
  path: '/api/api-clients/:id/redirect-uris',
  params: idParams,
  output: redirectUriStateSchema,
  permission: 'api-clients:read',
})

/** Reads the list at Octorate. Obtains an admin token when none is held yet. */
export const readRedirectUris = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/redirect-uris/read',
  params: idParams,
  output: redirectUriStateSchema,
  permission: 'api-clients:write',
  audit: { none: 'changes nothing at Octorate; a first admin token and a drift are recorded as such' },
})

export const wantRedirectUri = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/redirect-uris/wanted',
  params: idParams,
  body: z.strictObject({ uri, note: plainText(120).optional() }),
  output: redirectUriStateSchema,
  permission: 'api-clients:write',
  audit: 'redirect_uri.wanted',
})

/** Takes an address off the wanted list; at Octorate nothing changes. */
export const unwantRedirectUri = defineWrite({
  method: 'DELETE',
  path: '/api/api-clients/:id/redirect-uris/wanted/:wantedId',
  params: z.strictObject({ id: z.uuid(), wantedId: z.uuid() }),
  output: redirectUriStateSchema,
  permission: 'api-clients:write',
  audit: 'redirect_uri.unwanted',
})

/** Takes over what Octorate has as what is wanted; a drift is settled by it. */
export const adoptRedirectUris = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/redirect-uris/adopt',
  params: idParams,
  output: redirectUriStateSchema,
  permission: 'api-clients:write',
  audit: 'redirect_uri.adopted',
})

/**
 * Changes the list at Octorate: read again, merge, write the whole list, read again to verify. What is named is changed,
 * everything else stays, whoever put it there.
 */
export const writeRedirectUris = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/redirect-uris/write',
  params: idParams,
  body: z.strictObject({
    add: uris,
    remove: uris,
    /** One of CONFIRMATION_PHRASES, typed by a person. */
    confirmation: z.string().max(40).default(''),
  }),
  output: redirectUriStateSchema,
  permission: 'api-clients:write',
  audit: 'redirect_uri.written',
})

/** Takes the last write back, and leaves what others have changed since. */
export const undoRedirectUriWrite = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/redirect-uris/writes/:writeId/undo',
  params: z.strictObject({ id: z.uuid(), writeId: z.uuid() }),
  body: z.strictObject({ confirmation: z.string().max(40).default('') }),
  output: redirectUriStateSchema,
  permission: 'api-clients:write',
  audit: 'redirect_uri.write_undone',
})
