import { html, type Html } from '../consent/html'
import { faultTargets } from '../control/fault-control'
import type { ActiveFault } from '../control/fault-rules'
import { faultLabel, faultPresets } from './fault-presets'
import type { PanelView } from './panel-main'
import { act, actButton, options, section } from './pieces'

const QUICK = [
  { label: 'Next 3 refreshes: 503', endpoint: 'identity/refresh', preset: 'status-503', count: 3 },
  { label: 'Next refresh: answer lost', endpoint: 'identity/refresh', preset: 'answer-lost', count: 1 },
  { label: 'Next call: quota', endpoint: '*', preset: 'quota', count: 1 },
] as const

/** What is going to go wrong, and a form to make more go wrong. */
export function faultsPart({ control, world }: PanelView): Html {
  const faults = control.faults.list()
  const targets = faultTargets.map((each) => [each, each === '*' ? 'any call' : each] as const)
  const presets = [...faultPresets].map(([name, { label }]) => [name, label] as const)
  const clients = [['', 'any API client'] as const, ...[...world.state.apiClients.keys()].map((id) => [id, id] as const)]
  const body = html`${faults.length === 0 ? html`<p class="faint">No rule: everything goes well.</p>` : undefined}<ul class="plain-list">
${faults.map(faultRow)}</ul>
<div class="buttons">${QUICK.map(({ label, ...fields }) => act('faults/add', fields, html`<button class="small">${label}</button>`))}</div>
<details id="fault-new" class="box"><summary>Another rule</summary>
${act(
  'faults/add',
  {},
  html`<div class="switches">
<div><label for="fault-endpoint">Endpoint</label> <select id="fault-endpoint" name="endpoint">${options(targets, 'identity/refresh')}</select></div>
<div><label for="fault-preset">What happens</label> <select id="fault-preset" name="preset">${options(presets)}</select></div>
<div><label for="fault-client">API client</label> <select id="fault-client" name="clientId">${options(clients)}</select></div>
<div><label for="fault-count">How often (0: until removed)</label> <input type="number" id="fault-count" name="count" value="1" min="0" required></div>
<div><label for="fault-skip">After so many good calls</label> <input type="number" id="fault-skip" name="skip" value="0" min="0" required></div>
<div><label for="fault-delay">Delay (ms)</label> <input type="number" id="fault-delay" name="delayMs" value="0" min="0" max="600000" required></div>
</div><button class="primary">Add rule</button>`,
)}</details>`
  const aside = faults.length > 0 ? actButton('faults/clear', {}, { label: 'Remove all', about: 'fault rules' }) : undefined
  return section({ id: 'faults', title: 'Faults', body, ...(aside && { aside }) })
}

function faultRow({ id, hits, rule }: ActiveFault): Html {
  const { clientId, count = 1, skip = 0, delayMs = 0 } = rule
  const where = rule.endpoint === '*' ? '' : ` to ${rule.endpoint}`
  const left = count - hits
  const often = count === 0 ? `All calls${where}` : left === 1 ? `Next call${where}` : `Next ${left} calls${where}`
  const more = [
    clientId === undefined ? '' : `of ${clientId}`,
    skip > 0 ? `after ${skip} good ones` : '',
    delayMs > 0 ? `delayed by ${delayMs} ms` : '',
    hits > 0 ? `played ${hits} times so far` : '',
  ].filter(Boolean)
  return html`<li class="line" id="fault-${id}"><span><strong>${often}: ${faultLabel(rule)}</strong>${more.length > 0 ? html` <span class="faint">${more.join(', ')}</span>` : undefined}</span> ${actButton('faults/remove', { id }, { label: 'Remove', about: `rule ${id}` })}</li>
`
}
