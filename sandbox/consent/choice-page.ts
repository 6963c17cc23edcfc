import type { Answer } from '../http/exchange'
import type { Hotelier } from '../models/seed'
import type { World } from '../models/world'
import { formAction, type AuthorizationRequest } from './authorization-request'
import { html, type Html } from './html'
import { page } from './page'
import { consentPath } from './path'

type Choice = {
  readonly request: AuthorizationRequest
  readonly sessionId: string
  readonly hotelier: Hotelier
  readonly error?: string
}

/** Asks for which property, or for the whole network, and whether at all. */
export function choicePage(world: World, { request, sessionId, hotelier, error }: Choice): Answer {
  const { redirectUri, apiClient } = request
  const main = html`<h1>Allow ${apiClient.configuration.applicationName} to act for your property?</h1>
<p>You are signed in as <strong>${hotelier.name}</strong> (${hotelier.username}).</p>
${error === undefined ? undefined : html`<p class="error" role="alert">${error}</p>`}
<form method="post" action="${formAction(consentPath, request)}">
<input type="hidden" name="csrf" value="${world.sessions.csrfToken(sessionId)}">
<fieldset class="choices"><legend>Which property?</legend>
${networkOption(world, hotelier)}${propertyOptions(world, hotelier)}</fieldset>
<p>It may then read and change data of what you chose, until you disconnect it. You go on to <code>${new URL(redirectUri).origin}</code>.</p>
<div class="buttons">
<button class="primary" name="do" value="approve">Approve</button>
<button name="do" value="refuse">Refuse</button>
</div>
<p><button class="plain" name="do" value="sign-out">Use another account</button></p>
</form>`
  return page({
    status: error === undefined ? 200 : 422,
    title: 'Choose a property',
    main,
    formTargets: [new URL(redirectUri).origin],
  })
}

function networkOption(world: World, hotelier: Hotelier): Html | undefined {
  const network = hotelier.network === undefined ? undefined : world.state.networks.get(hotelier.network)
  if (!network) return undefined
  return html`<label><input type="radio" name="choice" value="network"><span>Whole network: ${network.name} <small>${network.accommodations.length} properties</small></span></label>
`
}

function propertyOptions(world: World, hotelier: Hotelier): Html[] {
  const only = hotelier.accommodations.length === 1 ? html` checked` : undefined
  return hotelier.accommodations.map((id) => {
    const accommodation = world.state.accommodations.get(id)
    return html`<label><input type="radio" name="choice" value="${id}"${only}><span>${accommodation?.name} <small>${accommodation?.city}, id ${id}</small></span></label>
`
  })
}
