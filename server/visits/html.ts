import { escapeHtml } from '../front/machine-api/escape-html'

/** A piece of HTML: whatever came in as text is escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | readonly Html[] | null | false

/** Puts HTML together; every value that is no HTML itself is text. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.reduce((text, piece, index) => `${text}${toText(values[index - 1] ?? null)}${piece}`))
}

function toText(value: Part): string {
  if (value === null || value === false) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return value.map(({ text }) => text).join('')
}
