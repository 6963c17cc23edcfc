import { html, type Html } from '../consent/html'
import type { TapeEntry } from '../control/tape'
import type { PanelView } from './panel-main'
import { actButton, count, section, timeOfDay } from './pieces'

const MOST_ROWS = 100

type Filter = { readonly name: string; readonly label: string; fits(entry: TapeEntry): boolean }

const ALL: Filter = { name: 'all', label: 'All', fits: () => true }
const FILTERS: readonly Filter[] = [
  ALL,
  { name: 'notes', label: 'With notes', fits: ({ notes }) => notes.length > 0 },
  { name: 'refused', label: 'Refused', fits: ({ status }) => status === 0 || status >= 400 },
  { name: 'faults', label: 'With faults', fits: ({ fault }) => fault !== undefined },
]

/** The tape: what came in, latest first, with secrets masked. */
export function requestsPart({ control, query }: PanelView): Html {
  const chosen = FILTERS.find(({ name }) => name === query.get('show')) ?? ALL
  const all = control.tape.read()
  const fitting = all.filter((entry) => chosen.fits(entry)).toReversed()
  const links = FILTERS.map(
    ({ name, label }) => html`<a href="/?show=${name}#requests"${name === chosen.name ? html` aria-current="true"` : undefined}>${label}</a> `,
  )
  const body = html`<nav class="filters" aria-label="Which requests">${links}</nav>
${all.length === 0 ? html`<p>No request yet. Point your application at the addresses on this page; whatever it sends appears here.</p>` : undefined}${
    all.length > 0 && fitting.length === 0 ? html`<p class="faint">None of the ${all.length} requests on the tape.</p>` : undefined
  }<div class="tape">
${fitting.slice(0, MOST_ROWS).map(row)}</div>
${fitting.length > MOST_ROWS ? html`<p class="faint">The latest ${MOST_ROWS} of ${fitting.length}. <a href="/control/tape">The whole tape as JSON</a></p>` : undefined}`
  const aside = html`<span class="faint">${count(all.length, 'request', 'requests')}</span>${
    all.length > 0 ? actButton('tape/clear', {}, { label: 'Clear', about: 'the tape' }) : undefined
  }`
  return section({ id: 'requests', title: 'Requests', body, aside })
}

function row(entry: TapeEntry): Html {
  const { id, at, method, path, endpoint, status, notes, fault, replayOf } = entry
  const kind = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good'
  return html`<details id="request-${id}"><summary>${timeOfDay(at)} <span class="badge ${kind}">${status === 0 ? 'no answer' : status}</span> <strong>${method} ${shortOf(endpoint, path)}</strong>${
    notes.length > 0 ? html` <span class="badge warn">${count(notes.length, 'note', 'notes')}</span>` : undefined
  }${fault === undefined ? undefined : html` <span class="badge bad">fault: ${fault}</span>`}${replayOf === undefined ? undefined : html` <span class="badge">replay of ${replayOf}</span>`}</summary>
${notes.length > 0 ? html`<ul class="notes">${notes.map(({ text }) => html`<li>${text}</li>`)}</ul>` : undefined}
<dl class="pairs"><dt>Path</dt><dd><code>${path}</code></dd>${entry.clientId === '' ? undefined : html`<dt>API client</dt><dd>${entry.clientId}</dd>`}<dt>request-id</dt><dd><code>${entry.requestId}</code></dd></dl>
${fields('Query', entry.query)}${fields('Headers', entry.headers)}${fields('Form', entry.form)}${text('Body', entry.body)}${text('Answer', entry.answer)}
<div class="buttons"><a class="button small" href="/control/tape/${id}/curl" data-curl>Copy as curl<span class="unseen"> request ${id}</span></a>${actButton('tape/replay', { id }, { label: 'Replay', about: `request ${id}` })}</div>
</details>
`
}

/** The endpoint's own name says more in less room than the path; a path that is no endpoint's is shown itself. */
function shortOf(endpoint: string, path: string): string {
  return endpoint === 'nowhere' || endpoint === 'wrong-method' ? path : endpoint
}

function fields(title: string, values: Readonly<Record<string, string>>): Html | undefined {
  const pairs = Object.entries(values)
  if (pairs.length === 0) return undefined
  return html`<h3>${title}</h3><dl class="pairs mono">${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function text(title: string, value: string): Html | undefined {
  return value === '' ? undefined : html`<h3>${title}</h3><p class="mono">${value}</p>`
}
