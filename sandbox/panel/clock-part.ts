import { html, type Html } from '../consent/html'
import type { PanelView } from './panel-main'
import { act, actButton, section } from './pieces'

const JUMPS = [
  ['59000', '+59 s'],
  ['60000', '+1 min'],
  ['86400000', '+24 h'],
  ['31536000000', '+1 year'],
] as const

const MODES = { real: 'real time', shifted: 'shifted, running', frozen: 'frozen' } as const

/** The sandbox's time, and how to move it. */
export function clockPart({ control }: PanelView): Html {
  const { now, iso, mode } = control.clock.get()
  const jumps = JUMPS.map(([ms, label]) => html`<button name="ms" value="${ms}">${label}</button>`)
  const body = html`<p class="now"><time id="now" data-mode="${mode}" data-now="${now}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time> UTC <span class="badge${mode === 'frozen' ? ' warn' : ''}">${MODES[mode]}</span></p>
<div class="buttons">${act('clock/advance', {}, html`${jumps}`)}${
    mode === 'frozen' ? act('clock/run', {}, html`<button>Run on</button>`) : act('clock/freeze', {}, html`<button>Freeze</button>`)
  }${act('clock/real', {}, html`<button>Real time</button>`)}</div>
<details id="clock-set"><summary>Set an instant</summary>
${act('clock/set', {}, html`<label for="clock-at">Instant (ISO 8601)</label> <span class="row"><input type="text" id="clock-at" name="at" value="2030-01-01T00:00:00Z" required> <button>Set</button></span>`)}
${actButton('clock/advance', { ms: -86_400_000 }, { label: 'Back 24 h' })}</details>`
  return section({ id: 'clock', title: 'Clock', body })
}
