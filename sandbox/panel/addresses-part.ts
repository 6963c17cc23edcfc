import { html, type Html } from '../consent/html'
import { consentPath } from '../consent/path'
import type { PanelView } from './panel-main'
import { act, actButton, section } from './pieces'

const MOST_KEYS = 100
const PERMISSIONS = ['accommodation', 'reservation', 'content', 'cardDetail', 'license'] as const

/** Where an application points at, and with which credentials. */
export function addressesPart({ control, host, world }: PanelView): Html {
  const body = html`<dl class="pairs">
<dt>Back office</dt><dd><code>http://${host}</code></dd>
<dt>Consent page</dt><dd><code>http://${host}${consentPath}</code></dd>
<dt>API</dt><dd><code>http://${host}/connect</code></dd>
<dt>Control API</dt><dd><code>http://${host}/control</code></dd>
</dl>
${[...world.state.apiClients.values()].map(
  ({ clientId, clientSecret, configuration, addresses }) => html`<details id="client-${clientId}" class="box"><summary><strong>${configuration.applicationName}</strong> <span class="faint">${clientId} · ${configuration.environment}</span></summary>
<dl class="pairs"><dt>Client secret</dt><dd><code>${clientSecret}</code></dd>
<dt>Redirect URIs</dt><dd>${configuration.redirectUri.length === 0 ? 'none' : html`${configuration.redirectUri.map((uri) => html`<code>${uri}</code><br>`)}`}</dd></dl>
${act(
  'addresses',
  { clientId },
  html`<label for="addresses-${clientId}">IP authentication: addresses and CIDR blocks, one a line</label>
<textarea id="addresses-${clientId}" name="addresses" rows="3" spellcheck="false">${addresses.join('\n')}</textarea>
<button class="small">Save addresses</button>`,
)}
${actButton('admin-tokens/expire', { clientId }, { label: 'Expire admin tokens', about: `of ${clientId}` })}
<ul class="plain-list">${PERMISSIONS.map((permission) => permissionRow(clientId, permission, configuration.permissions[permission]))}</ul>
</details>
`,
)}
${oldKeys(control)}`
  return section({ id: 'clients', title: 'Addresses and API clients', body })
}

function oldKeys(control: PanelView['control']): Html | undefined {
  const { legacyKeys } = control.state()
  if (legacyKeys.length === 0) return undefined
  const left = legacyKeys.filter(({ grant }) => grant === null).length
  return html`<details id="old-keys" class="box"><summary><strong>Old keys</strong> <span class="faint">${left} of ${legacyKeys.length} not migrated yet</span></summary>
<ul class="plain-list">${legacyKeys.slice(0, MOST_KEYS).map(
    ({ key, accommodation, clientId, grant }) =>
      html`<li><code>${key}</code> <span class="faint">property ${accommodation}, to ${clientId}</span> ${grant === null ? undefined : html`<span class="badge good">migrated, grant ${grant}</span>`}</li>
`,
  )}</ul></details>`
}

function permissionRow(clientId: string, permission: string, given: string): Html {
  const button =
    given === 'NONE'
      ? actButton('permissions/give', { clientId, permission }, { label: 'Give', about: `permission ${permission} to ${clientId}` })
      : actButton('permissions/withdraw', { clientId, permission }, { label: 'Withdraw', about: `permission ${permission} from ${clientId}` })
  return html`<li class="line"><span>Permission <strong>${permission}</strong> <span class="badge">${given}</span></span> ${button}</li>`
}
