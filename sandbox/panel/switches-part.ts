import { html, type Html } from '../consent/html'
import { defaultSettings, settingChoices, type SandboxSettings } from '../models/settings'
import type { PanelView } from './panel-main'
import { act, options, section } from './pieces'

type Name = keyof SandboxSettings

/** Every switch of the sandbox. What is not as it starts is marked, because it explains surprises. */
export function switchesPart({ control }: PanelView): Html {
  const settings = control.settings.get()
  const names = Object.keys(defaultSettings).filter((name): name is Name => Object.hasOwn(settings, name))
  const changed = names.filter((name) => settings[name] !== defaultSettings[name]).length
  const body = html`<p>What nobody outside Octorate knows is a switch each; the README says what the doubt is.</p>
<details id="switches-all" class="box"><summary>${names.length} switches${changed > 0 ? html` <span class="badge warn">${changed} changed</span>` : undefined}</summary>
${act('settings', {}, html`<div class="switches">${names.map((name) => field(name, settings[name]))}</div><button class="primary">Save switches</button>`)}</details>`
  const mode = settings.mode
  const aside = html`${act(
    'settings',
    { mode: mode === 'strict' ? 'lenient' : 'strict' },
    html`<span class="badge">${mode} mode</span> <button class="small">Make ${mode === 'strict' ? 'lenient' : 'strict'}</button>`,
  )}`
  return section({ id: 'switches', title: 'Switches', body, aside })
}

function field(name: Name, value: SandboxSettings[Name]): Html {
  const id = `switch-${name}`
  const isDefault = value === defaultSettings[name]
  const label = html`<label for="${id}">${inWords(name)}${isDefault ? undefined : html` <span class="badge warn">changed</span>`}</label>`
  const choices = settingChoices[name] ?? (typeof value === 'boolean' ? ['true', 'false'] : undefined)
  if (choices) {
    const pairs = choices.map((each) => [String(each), String(each)] as const)
    return html`<div>${label} <select id="${id}" name="${name}">${options(pairs, String(value))}</select></div>`
  }
  return html`<div>${label} <input type="number" id="${id}" name="${name}" value="${String(value)}" min="1" step="1" required></div>`
}

/** `newConsentEndsGrant` → "New consent ends grant". */
function inWords(name: string): string {
  const words = name.replace(/Ms$/, ' (ms)').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
