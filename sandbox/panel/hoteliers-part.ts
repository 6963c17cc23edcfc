import { html, type Html } from '../consent/html'
import type { GrantView } from '../control/state-view'
import type { Hotelier } from '../models/seed'
import type { PanelView } from './panel-main'
import { act, actButton, count, section, time } from './pieces'

/** Who may consent, to what, what they gave so far, and how it ends. */
export function hoteliersPart(view: PanelView): Html {
  const { grants } = view.control.state()
  const live = grants.filter(({ revokedAt }) => revokedAt === null)
  const body = html`${[...view.world.state.hoteliers.values()].map((hotelier) => hotelierBox(view, hotelier, grants))}
${view.world.state.hoteliers.size === 0 ? html`<p>The seed names no hotelier.</p>` : undefined}
<p class="faint">Revoke ends a grant. To withdraw a permission instead, open the API client under <a href="#clients">API clients</a>.</p>`
  const aside = html`<span class="faint">${count(live.length, 'live grant', 'live grants')}</span>${
    live.length > 0 ? actButton('grants/revoke', {}, { label: 'Revoke all' }) : undefined
  }`
  return section({ id: 'hoteliers', title: 'Hoteliers and properties', body, aside })
}

function hotelierBox(view: PanelView, hotelier: Hotelier, grants: readonly GrantView[]): Html {
  const { username, password, name, accommodations, network } = hotelier
  const own = grants.filter((grant) => grant.username === username)
  const liveCount = own.filter(({ revokedAt }) => revokedAt === null).length
  const networkName = network === undefined ? undefined : view.world.state.networks.get(network)?.name
  return html`<details id="hotelier-${username}" class="box"><summary><strong>${name}</strong> <span class="faint">${username} · ${count(accommodations.length, 'property', 'properties')}${
    networkName === undefined ? '' : ` · ${networkName}`
  }</span>${liveCount > 0 ? html` <span class="badge good">${liveCount} connected</span>` : undefined}</summary>
${act(
  'hoteliers/password',
  { username },
  html`<label for="password-${username}">Password</label> <span class="row"><input type="text" id="password-${username}" name="password" value="${password}" autocomplete="off" required> <button>Change password</button></span>`,
)}
<ul class="plain-list">
${accommodations.map((id) => propertyRow(view, id, own))}</ul>
</details>
`
}

function propertyRow(view: PanelView, id: string, grants: readonly GrantView[]): Html {
  const name = view.world.state.accommodations.get(id)?.name ?? id
  const covering = grants.filter(({ accommodations }) => accommodations.includes(id)).toReversed()
  const live = covering.filter(({ revokedAt }) => revokedAt === null)
  const shown = live.length > 0 ? live : covering.slice(0, 1)
  return html`<li id="property-${id}"><div><strong>${name}</strong> <span class="faint">id ${id}</span></div>
${shown.length === 0 ? html`<p class="faint">Not connected</p>` : undefined}${shown.map((grant) => grantRow(grant, name))}</li>
`
}

function grantRow({ grant, clientId, network, createdAt, revokedAt }: GrantView, name: string): Html {
  const what = html`grant ${grant} of <code>${clientId}</code>${network === null ? undefined : html`, whole network`}`
  if (revokedAt !== null) return html`<p><span class="badge bad">revoked</span> ${what}, ${time(revokedAt)}</p>`
  return html`<p><span class="badge good">connected</span> ${what}, since ${time(createdAt)}</p>
<div class="buttons">${actButton('grants/revoke', { grant }, { label: 'Revoke', about: `grant ${grant}, ${name}` })}${actButton(
    'access-tokens/expire',
    { grant },
    { label: 'Expire access token', about: `of grant ${grant}, ${name}` },
  )}</div>`
}
