import { html, type Html } from '../consent/html'

type Part = { readonly id: string; readonly title: string; readonly body: Html; readonly aside?: Html }

/** A section of the panel with its heading. */
export function section({ id, title, body, aside }: Part): Html {
  return html`<section id="${id}" data-part aria-labelledby="${id}-title">
<div class="head"><h2 id="${id}-title">${title}</h2>${aside}</div>
${body}</section>`
}

/** A form that does one act of the panel; `hidden` are its fixed fields. */
export function act(name: string, hidden: Readonly<Record<string, string | number>>, fields: Html): Html {
  return html`<form method="post" action="/panel"><input type="hidden" name="act" value="${name}">${Object.entries(hidden).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
  )}${fields}</form>`
}

/** An act of one button. `about` completes its name for those who do not see what it stands beside. */
export function actButton(name: string, hidden: Readonly<Record<string, string | number>>, { label, about }: { label: string; about?: string }): Html {
  const more = about === undefined ? undefined : html`<span class="unseen"> ${about}</span>`
  return act(name, hidden, html`<button class="small">${label}${more}</button>`)
}

export function time(instant: number): Html {
  const iso = new Date(instant).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}

export function timeOfDay(instant: number): Html {
  const iso = new Date(instant).toISOString()
  return html`<time datetime="${iso}" title="${iso}">${iso.slice(11, 19)}</time>`
}

export function options(values: readonly (readonly [value: string, label: string])[], chosen?: string): Html[] {
  return values.map(([value, label]) =>
    value === chosen ? html`<option value="${value}" selected>${label}</option>` : html`<option value="${value}">${label}</option>`,
  )
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
