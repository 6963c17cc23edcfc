import { parseCallbackQuery } from '@/lib/oauth/callback-query'
import { completeAuthorization, type Completed } from '@/server/authorizations/complete-authorization'
import type { StartedAuthorization } from '@/server/authorizations/open-flow'
import { startAuthorization } from '@/server/authorizations/start-authorization'
import type { Actor } from '@/server/http/define-handler'
import { getRuntime } from '@/server/runtime'
import { makeApiClient, type TestApiClient } from './factories'
import type { Rig } from './runtime'

/** Properties of the sandbox's seed, by the hotelier who sees them. */
export const LOCANDA = { username: 'marco.bianchi', properties: ['324410'] }
export const CA_DEL_LUME = { username: 'marco.bianchi', properties: ['324417'] }
/** Eight properties of two hoteliers, the first as above: a connection each. */
export const EIGHT_CONSENTS: readonly Hotelier[] = [
  ...['324410', '324417', '324425', '324431'].map((property) => ({ username: 'marco.bianchi', properties: [property] })),
  ...['455301', '455309', '455316', '455322'].map((property) => ({ username: 'hans.becker', properties: [property] })),
]
export const ROSSI_NETWORK = { username: 'giulia.rossi', network: true }

export interface Hotelier {
  readonly username: string
  readonly properties?: readonly string[]
  readonly network?: boolean
  readonly approve?: boolean
}

export interface Flow {
  readonly actor: Actor
  readonly apiClient: TestApiClient
  readonly started: StartedAuthorization
  readonly state: string
}

export async function startFlow(actor: Actor, apiClient: TestApiClient): Promise<Flow> {
  const started = await startAuthorization(actor, { apiClientId: apiClient.id })
  return { actor, apiClient, started, state: new URL(started.location).searchParams.get('state') ?? '' }
}

/** The hotelier decides; the answer is the address that their browser is sent to. */
export async function decide({ sandbox }: Pick<Rig, 'sandbox'>, flow: Flow, hotelier: Hotelier = LOCANDA): Promise<string> {
  const { location } = await sandbox.control.consent({
    clientId: flow.apiClient.clientId, redirectUri: flow.started.redirectUri, state: flow.state, ...hotelier,
  })
  return location
}

interface Arrival {
  readonly actor?: Actor
  /** Whose callback is called, when it is not the flow's own. */
  readonly at?: { readonly apiClientId: string } | { readonly authorizationId: string }
  /** The flow's cookie in this browser; undefined for a browser that has none. */
  readonly cookie?: string | undefined
}

/** The browser comes back with `address`: what the callback's handler does once it knows the person. */
export function arrive(flow: Flow, address: string, arrival: Arrival = {}): Promise<Completed> {
  const { authorizationId, browserToken } = flow.started
  const cookie = 'cookie' in arrival ? arrival.cookie : browserToken
  return completeAuthorization(arrival.actor ?? flow.actor, {
    query: parseCallbackQuery(new URL(address).search),
    expected: arrival.at ?? { apiClientId: flow.apiClient.id },
    browserToken: (id) => (id === authorizationId ? cookie : undefined),
    arrivedAt: getRuntime().clock(),
  })
}

/** The whole flow, a second after whatever was before, for tests that begin where it ends. @returns the connection's id */
export async function connect(rig: Rig, flow: Pick<Flow, 'actor' | 'apiClient'>, hotelier: Hotelier = LOCANDA): Promise<string> {
  rig.clock.advance(1_000)
  const started = await startFlow(flow.actor, flow.apiClient)
  const completed = await arrive(started, await decide(rig, started, hotelier))
  if (completed.outcome === 'failed') throw new Error(`the connect failed: ${completed.error.code}`, { cause: completed.error })
  return completed.connectionId
}

export interface Connected {
  readonly actor: Actor
  readonly apiClient: TestApiClient
  readonly connectionId: string
  /** What refreshOnce and others want to know. */
  readonly subject: { readonly id: string; readonly organizationId: string }
}

/** A connection of an API client of its own, to the sandbox or through the gate before it. */
export async function makeConnected(rig: Rig, actor: Actor, upstreamId: 'sandbox' | 'gated' = 'sandbox'): Promise<Connected> {
  const apiClient = await makeApiClient(rig, actor, { upstreamId })
  const connectionId = await connect(rig, { actor, apiClient })
  return { actor, apiClient, connectionId, subject: { id: connectionId, organizationId: actor.viewer.organizationId } }
}
