import { html } from '../consent/html'
import { page } from '../consent/page'
import { consentPath } from '../consent/path'
import type { Endpoint, Step } from '../http/exchange'

/** What somebody finds who opens the sandbox's port in a browser: what it is, its addresses and its accounts. */
export const landingEndpoint: Endpoint = { name: 'landing', method: 'GET', path: '/', surface: 'page', steps: [showLanding] }

function showLanding({ headers, world }: Parameters<Step>[0]): ReturnType<Step> {
  const origin = /^[\w.:[\]-]{1,100}$/.test(headers.host ?? '') ? `http://${headers.host}` : ''
  const { state } = world
  const main = html`<h1>Octorate sandbox</h1>
<p>An emulator of Octorate's identity service on this machine, in ${state.settings.mode} mode. Point your application at these addresses.</p>
<dl>
<dt>Back office</dt><dd><code>${origin}</code></dd>
<dt>Consent page</dt><dd><code>${origin}${consentPath}</code></dd>
<dt>API</dt><dd><code>${origin}/connect</code>, calls below <code>/rest/v1</code></dd>
<dt>Control API</dt><dd><code>${origin}/control</code></dd>
</dl>
<h2>API clients</h2>
<ul>
${[...state.apiClients.values()].map(
  ({ clientId, configuration }) => html`<li><code>${clientId}</code>, ${configuration.environment}</li>
`,
)}</ul>
<h2>Hoteliers</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Hoteliers"><table>
<thead><tr><th scope="col">Username</th><th scope="col">Password</th><th scope="col">Sees</th></tr></thead>
<tbody>
${[...state.hoteliers.values()].map(
  ({ username, password, accommodations }) => html`<tr><td>${username}</td><td>${password}</td><td>${accommodations.length} properties</td></tr>
`,
)}</tbody>
</table></div>`
  return page({ title: 'Octorate sandbox', main })
}
