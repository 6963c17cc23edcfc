import { html, type Html } from '../consent/html'
import type { Finding } from '../control/report'
import type { PanelView } from './panel-main'
import { actButton, count, section } from './pieces'

/** What the clients of this sandbox did that Octorate's documents do not provide for. */
export function reportPart({ control }: PanelView): Html {
  const { requests, withNotes, findings } = control.report.read()
  const body =
    requests === 0
      ? html`<p>No request yet. What your application does differently from Octorate’s documents will be listed here.</p>`
      : html`<p>${count(requests, 'request', 'requests')}, ${withNotes} with a note.${findings.length === 0 ? ' Nothing to repair.' : ''}</p>
<ul class="plain-list">${findings.map(findingRow)}</ul>`
  const aside = requests > 0 ? actButton('report/clear', {}, { label: 'Clear', about: 'the conformance report' }) : undefined
  return section({ id: 'report', title: 'Conformance report', body, ...(aside && { aside }) })
}

function findingRow({ rule, count: times, refused, wants, section: place, clientIds, example }: Finding): Html {
  return html`<li><div><span class="badge warn">${times} ×</span> <strong>${example.text}</strong>${refused > 0 ? html` <span class="badge bad">${refused} refused</span>` : undefined}</div>
<p>Octorate wants ${wants}.</p>
<p class="faint">${place} · ${rule} · ${clientIds.map((id) => id || 'nobody known').join(', ')} · <a href="#request-${example.tapeId}">request ${example.tapeId}</a></p></li>
`
}
