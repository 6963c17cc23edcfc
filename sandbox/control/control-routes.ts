import type { Control } from './control'
import { ControlRefusal } from './control-refusal'
import * as read from './read-fields'
import type { World } from '../models/world'

type Call = { readonly id: string; readonly query: URLSearchParams; readonly body: unknown }
type Route = { readonly method: string; readonly path: RegExp; run(call: Call): Promise<unknown> }

/** The control API's calls. A string result is sent as JSON lines, anything else as JSON. */
export function controlRoutes(world: World, control: Control): readonly Route[] {
  return [
    route('GET', 'state', () => control.state()),
    route('POST', 'reset', ({ body }) => control.reset(read.seed(body))),
    route('GET', 'snapshots', () => control.snapshots()),
    route('POST', 'snapshot', ({ body }) => control.takeSnapshot(read.optionalText(body, 'name'))),
    route('POST', 'restore', ({ body }) => control.restore(read.optionalText(body, 'name'))),
    route('GET', 'clock', () => control.clock.get()),
    route('POST', 'clock/freeze', () => control.clock.freeze()),
    route('POST', 'clock/run', () => control.clock.run()),
    route('POST', 'clock/real', () => control.clock.real()),
    route('POST', 'clock/advance', ({ body }) => control.clock.advance(read.wholeNumber(body, 'ms'))),
    route('POST', 'clock/set', ({ body }) => control.clock.set(read.instant(body, 'at'))),
    route('GET', 'settings', () => control.settings.get()),
    route('PATCH', 'settings', ({ body }) => control.settings.set(read.object(body))),
    route('GET', 'faults', () => control.faults.list()),
    route('POST', 'faults', ({ body }) => control.faults.add(read.faultRule(body))),
    route('DELETE', 'faults', () => control.faults.clear()),
    route('DELETE', 'faults/:id', ({ id }) => control.faults.remove(Number(id))),
    route('POST', 'consent', ({ body }) => control.consent(read.consentRequest(body))),
    route('POST', 'grants/revoke', ({ body }) => control.revoke(read.grantFilter(body))),
    route('POST', 'access-tokens/expire', ({ body }) => control.expireAccessTokens(read.grantFilter(body))),
    route('POST', 'admin-tokens/expire', ({ body }) => control.expireAdminTokens(read.text(body, 'clientId'))),
    route('POST', 'legacy-keys', ({ body }) => control.addLegacyKey(read.legacyKey(body))),
    route('POST', 'tokens/inspect', ({ body }) => control.inspect(read.text(body, 'token'))),
    route('POST', 'hoteliers/:id/password', ({ id, body }) => control.changePassword(id, read.text(body, 'password'))),
    route('PATCH', 'accommodations/:id', ({ id, body }) => control.changeAccommodation(id, read.object(body))),
    route('GET', 'api-clients', () => control.apiClients()),
    route('POST', 'api-clients', ({ body }) => control.addApiClient(read.newApiClient(body))),
    route('PUT', 'api-clients/:id/secret', ({ id, body }) => control.changeClientSecret(id, read.text(body, 'clientSecret'))),
    route('GET', 'api-clients/:id/addresses', ({ id }) => control.addresses(id)),
    route('PUT', 'api-clients/:id/addresses', ({ id, body }) => control.changeAddresses(id, read.texts(body, 'addresses'))),
    route('GET', 'api-clients/:id/configuration', ({ id }) => control.configuration(id)),
    route('PATCH', 'api-clients/:id/configuration', ({ id, body }) => control.changeConfiguration(id, read.object(body))),
    route('GET', 'truth', ({ query }) => readTruth(world, query)),
    route('GET', 'tape', ({ query }) => control.tape.read(read.since(query))),
    route('GET', 'tape/:id/curl', ({ id }) => ({ curl: control.tape.curl(Number(id)) })),
    route('POST', 'tape/:id/replay', ({ id }) => control.tape.replay(Number(id))),
    route('GET', 'report', ({ query }) => control.report.read(query.get('clientId') ?? undefined)),
    route('DELETE', 'report', () => control.report.clear()),
    route('DELETE', 'tape', () => control.tape.clear()),
  ]
}

function route(method: string, path: string, run: (call: Call) => unknown): Route {
  const pattern = new RegExp(`^/control/${path.replace(':id', '([^/]+)')}$`)
  return { method, path: pattern, run: async (call) => run(call) }
}

/** JSON lines of the truth log, later than `since`, of one `type` or one `clientId`. */
function readTruth(world: World, query: URLSearchParams): string {
  const type = query.get('type')
  const clientId = query.get('clientId')
  if (type === '' || clientId === '') throw new ControlRefusal(400, 'type and clientId: expected a text')
  const records = world.log.read({ since: read.since(query), ...(type !== null && { type }), ...(clientId !== null && { clientId }) })
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}
