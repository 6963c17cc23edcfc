import { ControlRefusal } from './control-refusal'
import { approve, refuse } from '../models/consent'
import { redirectUriFault } from '../models/redirect-uri'
import type { Hotelier } from '../models/seed'
import type { Scope } from '../models/truth-event'
import type { World } from '../models/world'

/**
 * A whole consent without a browser. `properties` are ids that this hotelier sees (one, as on the page; several are
 * beyond what Octorate documents); `network: true` covers the hotelier's network; `approve: false` refuses.
 */
export type ConsentRequest = {
  readonly clientId: string
  readonly redirectUri: string
  readonly state?: string
  readonly username: string
  readonly properties?: readonly string[]
  readonly network?: boolean
  readonly approve?: boolean
}

export type ConsentControl = {
  /** `location` is where the browser would be sent: the redirect URI with `code` (or `error`) and `state` */
  consent(request: ConsentRequest): Promise<{ readonly location: string; readonly code: string | null }>
}

export function createConsentControl(world: World): ConsentControl {
  return {
    async consent(request) {
      const { clientId, redirectUri, state, username } = request
      const apiClient = world.state.apiClients.get(clientId)
      if (!apiClient) throw new ControlRefusal(404, `There is no API client ${clientId}`)
      if (!apiClient.configuration.redirectUri.includes(redirectUri)) {
        throw new ControlRefusal(400, `${redirectUri} is not a registered redirect URI of ${clientId}`)
      }
      const fault = redirectUriFault(redirectUri, world.state.settings.mode)
      if (fault) throw new ControlRefusal(400, `${redirectUri} ${fault}`)
      const hotelier = world.state.hoteliers.get(username)
      if (!hotelier) throw new ControlRefusal(404, `There is no hotelier ${username}`)
      const consent = { clientId, redirectUri, state, username }
      const location =
        request.approve === false ? refuse(world, consent) : approve(world, { ...consent, scope: scopeOf(request, hotelier) })
      await world.log.durable()
      return { location, code: new URL(location).searchParams.get('code') }
    },
  }
}

function scopeOf({ properties, network }: ConsentRequest, hotelier: Hotelier): Scope {
  if (network) {
    if (hotelier.network === undefined) throw new ControlRefusal(400, `${hotelier.username} has no network`)
    return { network: hotelier.network }
  }
  if (!properties?.length) throw new ControlRefusal(400, 'properties: expected at least one id, or network: true')
  const foreign = properties.find((id) => !hotelier.accommodations.includes(id))
  if (foreign !== undefined) throw new ControlRefusal(400, `${hotelier.username} does not see property ${foreign}`)
  return { accommodations: properties }
}
