import { defineRead, defineWrite } from './define-endpoint'
import { freezeReason, freezeSchema } from './freezes'
import { freshPassword } from './people'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })

export const INCIDENT_KINDS = ['real', 'drill'] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

/** In the order in which they are done. */
export const INCIDENT_STEPS = ['freeze', 'inventory', 'letter', 'secret', 'machine_keys', 'sessions', 'access_tokens', 'mark', 'reconnect', 'thaw'] as const
export type IncidentStep = (typeof INCIDENT_STEPS)[number]

/** Steps that a drill has not: it touches nothing that is not of Octorate's test mode. */
export const NOT_IN_A_DRILL: readonly IncidentStep[] = ['sessions']

/** What an act over connections is about: all of the organization, those of one API client, or one. In a drill, of these what is in Octorate's test mode. */
export const incidentTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('organization') }),
  z.strictObject({ kind: z.literal('api_client'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('connection'), id: z.uuid() }),
])
export type IncidentTarget = z.infer<typeof incidentTargetSchema>

const settledSchema = z.object({
  isDone: z.boolean(),
  note: z.string().nullable(),
  /** Connections that it changed, in all its turns; null for what is not done to connections. */
  touched: z.number().int().nullable(),
  by: z.string().nullable(),
  at: instant,
})

export const incidentSummarySchema = z.object({
  id: z.uuid(),
  kind: z.enum(INCIDENT_KINDS),
  summary: z.string(),
  openedBy: z.string().nullable(),
  openedAt: instant,
  closedBy: z.string().nullable(),
  closedAt: instant.nullable(),
  stepsSettled: z.number().int(),
  stepsTotal: z.number().int(),
})
export type IncidentSummary = z.infer<typeof incidentSummarySchema>

export const incidentSchema = incidentSummarySchema.extend({
  steps: z.array(z.object({ step: z.enum(INCIDENT_STEPS), settled: settledSchema.nullable() })),
  /** What the database says now, whatever was ticked. */
  state: z.object({
    freeze: freezeSchema.nullable(),
    /** API clients that the incident is about. */
    apiClients: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        environment: z.enum(['SANDBOX', 'PRODUCTION']),
        hasNewSecret: z.boolean(),
        letter: z.enum(['none', 'drafted', 'sent']),
      }),
    ),
    /** Made before it was opened, and let in still. */
    machineKeys: z.number().int(),
    /** Begun before it was opened, of everybody but the one who asks. */
    sessions: z.number().int(),
    /** Stored access tokens that were not dropped since it was opened. */
    accessTokens: z.number().int(),
    /** With a grant, or marked: all but those that are disconnected. */
    connections: z.number().int(),
    reconnectRequired: z.number().int(),
    /** Of these, those that an owner marked. */
    marked: z.number().int(),
  }),
  /** Who did what since it was opened, the oldest first: from the audit log, without what people looked at. */
  report: z.array(
    z.object({
      id: z.string(),
      at: instant,
      action: z.string(),
      outcome: z.string(),
      actor: z.string().nullable(),
      target: z.string().nullable(),
      /** Of a step that was settled: which, and how many connections it changed then. */
      step: z.enum(INCIDENT_STEPS).nullable(),
      touched: z.number().int().nullable(),
    }),
  ),
  /** True when the report shows the first ones only; the audit log has them all. */
  reportIsCut: z.boolean(),
})
export type Incident = z.infer<typeof incidentSchema>

export const listIncidents = defineRead({
  path: '/api/incidents',
  output: z.object({ items: z.array(incidentSummarySchema) }),
  permission: 'incidents:run',
})

export const getIncident = defineRead({ path: '/api/incidents/:id', params: idParams, output: incidentSchema, permission: 'incidents:run' })

export const openIncident = defineWrite({
  method: 'POST',
  path: '/api/incidents',
  body: z.strictObject({ kind: z.enum(INCIDENT_KINDS), summary: plainText(500) }),
  output: incidentSchema,
  permission: 'incidents:run',
  audit: 'incident.opened',
})

/** Stops every hand-out of the organization; in a drill, of what is in Octorate's test mode. */
export const freezeInIncident = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/freeze',
  params: idParams,
  output: incidentSchema,
  permission: 'incidents:run',
  audit: 'freeze.placed',
})

export const thawInIncident = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/thaw',
  params: idParams,
  body: z.strictObject({ reason: freezeReason, password: freshPassword }),
  output: incidentSchema,
  permission: 'incidents:decide',
  audit: 'freeze.lifted',
})

/** Revokes every machine key; in a drill, those of Octorate's test mode. */
export const endMachineKeys = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/end-machine-keys',
  params: idParams,
  body: z.strictObject({ password: freshPassword }),
  output: incidentSchema,
  permission: 'incidents:decide',
  audit: 'machine_key.revoked',
})

/** Ends every session of the organization but the one that asks; with an instant, those that began before it. */
export const endAllSessions = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/end-sessions',
  params: idParams,
  body: z.strictObject({ password: freshPassword, begunBefore: instant.optional() }),
  output: incidentSchema,
  permission: 'incidents:decide',
  audit: 'session.revoked',
})

const onConnections = z.strictObject({ target: incidentTargetSchema, password: freshPassword })

/** Every stored access token in scope is forgotten, once in an incident. Refresh tokens stay: new access tokens follow at the usual pace. */
export const dropAccessTokens = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/drop-access-tokens',
  params: idParams,
  body: onConnections,
  output: incidentSchema,
  permission: 'incidents:decide',
  audit: 'access_token.dropped',
})

/** Every connection in scope needs a new consent of its hotelier: until then nothing of it is handed out or refreshed. */
export const markForReconnect = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/mark-for-reconnect',
  params: idParams,
  body: onConnections,
  output: incidentSchema,
  permission: 'incidents:decide',
  audit: 'connection.reconnect_required',
})

/** A person says that a step is done, or not needed. */
export const settleStep = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/steps/:step',
  params: z.strictObject({ id: z.uuid(), step: z.enum(INCIDENT_STEPS) }),
  body: z.strictObject({ isDone: z.boolean(), note: plainText(300).optional() }),
  output: incidentSchema,
  permission: 'incidents:run',
  audit: 'incident.step_settled',
})

export const closeIncident = defineWrite({
  method: 'POST',
  path: '/api/incidents/:id/close',
  params: idParams,
  output: incidentSchema,
  permission: 'incidents:decide',
  audit: 'incident.closed',
})
