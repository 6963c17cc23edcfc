import 'server-only'
import type { Runway, RunwayFacts } from '@/contracts/runway'
import { toRunway, type EndsOfHour } from '@/lib/refresh/runway'
import type { Viewer } from '../auth/viewer'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { getRuntime } from '../runtime'
import { readEnds, type EndsFilter } from './read-ends'
import { readRefusals } from './read-refusals'

/** When the organization's properties lose access if nothing is renewed, and which API clients are kept from renewing. */
export function getRunway({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<Runway> {
  return runwayOf({ organizationId })
}

/** The same of what a machine key may see. */
export function getMachineRunway({ organizationId, environment, properties }: MachineCaller): Promise<Runway> {
  return runwayOf({ organizationId, environment, properties })
}

async function runwayOf(filter: EndsFilter): Promise<Runway> {
  const now = getRuntime().clock()
  const found = await readRefusals(filter)
  const ends = await readEnds(filter, { now, refused: found.filter(({ refusal }) => refusal).map(({ id }) => id) })
  const refusals = found.filter(({ id }) => ends.has(id)).flatMap(({ refusal }) => (refusal ? [refusal] : []))
  const factsOf = (whose: string) => toFacts(ends.get(whose) ?? [], now)
  const since = refusals.map((refusal) => refusal.since.getTime())
  return {
    at: now.toISOString(),
    all: factsOf('all'),
    refused: refusals.length === 0 ? null : {
      ...factsOf('refused'),
      since: new Date(Math.min(...since)).toISOString(),
      kinds: [...new Set(refusals.map(({ kind }) => kind))],
    },
    apiClients: found
      .filter(({ id }) => ends.has(id))
      .map(({ id, name, refusal }) => ({
        ...factsOf(id), id, name,
        refusal: refusal && { kind: refusal.kind, since: refusal.since.toISOString() },
      })),
  }
}

function toFacts(ends: readonly EndsOfHour[], now: Date): RunwayFacts {
  const { firstAt, lastAt, hours, ...counts } = toRunway(ends, now)
  return {
    ...counts,
    firstAt: firstAt?.toISOString() ?? null,
    lastAt: lastAt?.toISOString() ?? null,
    hours: hours.map(({ until, ...rest }) => ({ until: until.toISOString(), ...rest })),
  }
}
