import type { Control } from '../control/control'
import { html, type Html } from '../consent/html'
import type { World } from '../models/world'
import { addressesPart } from './addresses-part'
import { clockPart } from './clock-part'
import { faultsPart } from './faults-part'
import { hoteliersPart } from './hoteliers-part'
import { reportPart } from './report-part'
import { requestsPart } from './requests-part'
import { statePart } from './state-part'
import { switchesPart } from './switches-part'

export type PanelView = {
  readonly world: World
  readonly control: Control
  readonly query: URLSearchParams
  /** host and port as the browser knows them */
  readonly host: string
}

/** All parts of the panel, each a section that the script can exchange on its own. */
export function panelMain(view: PanelView): Html {
  return html`${clockPart(view)}
<div class="columns"><div>
${requestsPart(view)}
${reportPart(view)}
${switchesPart(view)}
</div><div>
${faultsPart(view)}
${hoteliersPart(view)}
${addressesPart(view)}
${statePart(view)}
</div></div>
`
}
