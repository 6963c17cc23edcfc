import { html, type Html } from '../consent/html'
import type { PanelView } from './panel-main'
import { act, actButton, count, section, time } from './pieces'

/** Snapshots, reset, and a world of one's own. */
export function statePart({ control }: PanelView): Html {
  const snapshots = control.snapshots()
  const body = html`${act(
    'snapshot',
    {},
    html`<label for="snapshot-name">Name of the snapshot</label> <span class="row"><input type="text" id="snapshot-name" name="name" value="default" maxlength="80" required> <button>Take snapshot</button></span>`,
  )}
<ul class="plain-list">${snapshots.map(
    ({ name, takenAt, grants }) =>
      html`<li class="line"><span><strong>${name}</strong> <span class="faint">${time(takenAt)}, ${count(grants, 'grant', 'grants')}</span></span> ${actButton('restore', { name }, { label: 'Restore', about: `snapshot ${name}` })}</li>
`,
  )}</ul>
<details id="reset" class="box"><summary>Reset to the seed</summary>
<p>Grants, tokens, codes, requests, fault rules, switches and clock go back to the start. Snapshots stay.</p>
${act('reset', {}, html`<button class="danger">Reset everything</button>`)}</details>
<details id="seed" class="box"><summary>Start from another seed</summary>
${act(
  'seed',
  {},
  html`<label for="seed-text">Seed, as JSON in the shape of <code>seed.example.json</code></label>
<textarea id="seed-text" name="seed" rows="8" spellcheck="false" required></textarea>
<span class="row"><label for="seed-file" class="needs-script">From a file</label> <input type="file" id="seed-file" class="needs-script" accept="application/json,.json"></span>
<button class="danger">Reset to this seed</button>`,
)}</details>
<p><a href="/control/truth?since=0" download="truth.jsonl">Truth log (JSON lines)</a> · <a href="/control/state" download="state.json">State (JSON)</a></p>`
  return section({ id: 'state', title: 'State', body })
}
