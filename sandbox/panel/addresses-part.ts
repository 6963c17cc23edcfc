import { html, type Html } from '../consent/html'
import { consentPath } from '../consent/path'
import type { PanelView } from './panel-main'
import { actButton, section } from './pieces'

const PERMISSIONS = ['accommodation', 'reservation', 'content', 'cardDetail', 'license'] as const

/** Where an application points at, and with which credentials. */
export function addressesPart({ host, world }: PanelView): Html {
  const body = html`<dl class="pairs">
<dt>Back office</dt><dd><code>http://${host}</code></dd>
<dt>Consent page</dt><dd><code>http://${host}${consentPath}</code></dd>
<dt>API</dt><dd><code>http://${host}/connect</code></dd>
<dt>Control API</dt><dd><code>http://${host}/control</code></dd>
</dl>
${[...world.state.apiClients.values()].map(
  ({ clientId, clientSecret, configuration }) => html`<details id="client-${clientId}" class="box"><summary><strong>${configuration.applicationName}</strong> <span class="faint">${clientId} · ${configuration.environment}</span></summary>
<dl class="pairs"><dt>Client secret</dt><dd><code>${clientSecret}</code></dd>
<dt>Redirect URIs</dt><dd>${configuration.redirectUri.length === 0 ? 'none' : html`${configuration.redirectUri.map((uri) => html`<code>${uri}</code><br>`)}`}</dd></dl>
${actButton('admin-tokens/expire', { clientId }, { label: 'Expire admin tokens', about: `of ${clientId}` })}
<ul class="plain-list">${PERMISSIONS.map((permission) => permissionRow(clientId, permission, configuration.permissions[permission]))}</ul>
</details>
`,
)}`
  return section({ id: 'clients', title: 'Addresses and API clients', body })
}

function permissionRow(clientId: string, permission: string, given: string): Html {
  const button =
    given === 'NONE'
      ? actButton('permissions/give', { clientId, permission }, { label: 'Give', about: `permission ${permission} to ${clientId}` })
      : actButton('permissions/withdraw', { clientId, permission }, { label: 'Withdraw', about: `permission ${permission} from ${clientId}` })
  return html`<li class="line"><span>Permission <strong>${permission}</strong> <span class="badge">${given}</span></span> ${button}</li>`
}
