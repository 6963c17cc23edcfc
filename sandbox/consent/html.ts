/** Markup that is safe to send. Made by the `html` tag only. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

type Part = string | number | Html | readonly Html[] | undefined

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A template whose every value is escaped, unless it is `Html` itself. Attribute values must stand in quotes. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.map((text, index) => text + toMarkup(parts[index])).join(''))
}

function toMarkup(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'object') return part.map((each) => each.markup).join('')
  return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
