import { createHash } from 'node:crypto'
import type { ApiDocument } from './describe-api'
import { escapeHtml } from './escape-html'
import { describeSchema, type SchemaLike } from './describe-schema'
import { REFERENCE_STYLE } from './reference-style'

/** A page and the policy that it needs: its one style element by its digest, and nothing else. */
export interface ReferencePage {
  readonly html: string
  readonly policy: string
}

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly { name: string; in: string; required?: boolean; description?: string; schema?: SchemaLike }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema?: SchemaLike }>> }
  readonly responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, { schema?: SchemaLike }>> }>>
}

interface Listed {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The document as a page that people read: no script, light or dark as the reader's system is. */
export function renderReference(document: ApiDocument): ReferencePage {
  const operations = listOperations(document)
  const schemas = Object.entries(document.components?.schemas ?? {}) as [string, SchemaLike][]
  const digest = createHash('sha256').update(REFERENCE_STYLE, 'utf8').digest('base64')
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(document.info.title)}</title>
<style>${REFERENCE_STYLE}</style>
</head>
<body>
<a class="skip" href="#operations">Skip to the operations</a>
<header>
<h1>${escapeHtml(document.info.title)}</h1>
<p>${escapeHtml(document.info.description ?? '')}</p>
<p>Base address: <code>${escapeHtml(document.servers?.[0]?.url ?? '')}</code> · <a href="openapi.json">OpenAPI 3.1 document</a></p>
<p>Send a machine key with every call: <code>Authorization: Bearer krk_…</code></p>
</header>
<nav aria-label="Operations"><ul>
${operations.map(({ method, path, operation }) => `<li><a href="#${idOf(operation)}"><span class="method">${method}</span> <code>${escapeHtml(path)}</code></a></li>`).join('\n')}
</ul></nav>
<main id="operations">
${operations.map((listed) => section(listed)).join('\n')}
<section aria-labelledby="schemas"><h2 id="schemas">Shapes</h2>
${schemas.map(([name, schema]) => `<section aria-labelledby="schema-${name}"><h3 id="schema-${name}">${escapeHtml(name)}</h3>${describeSchema(schema)}</section>`).join('\n')}
</section>
</main>
</body>
</html>
`
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return { html, policy }
}

function listOperations(document: ApiDocument): Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

const idOf = ({ operationId = '' }: Operation) => escapeHtml(operationId)

function section({ method, path, operation }: Listed): string {
  const { parameters = [], requestBody, responses } = operation
  const parts = [
    `<h2 id="${idOf(operation)}"><span class="method">${method}</span> <code>${escapeHtml(path)}</code></h2>`,
    `<p>${escapeHtml(operation.summary ?? '')}</p>`,
    `<p class="quiet">${escapeHtml(operation.description ?? '')}</p>`,
    parameters.length > 0 ? `<h3>Parameters</h3>${table(`Parameters of ${method} ${path}`, parameters)}` : '',
    ...Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => `<h3>Body <code>${escapeHtml(type)}</code></h3>${describeSchema(schema)}`),
    ...Object.entries(responses)
      .filter(([status]) => status === '200')
      .flatMap(([, { content = {} }]) => Object.values(content).map(({ schema }) => `<h3>Answer</h3>${describeSchema(schema)}`)),
    `<h3>Refusals</h3><dl>${Object.entries(responses)
      .filter(([status]) => status !== '200')
      .map(([status, { description }]) => `<dt>${status}</dt><dd>${description.split('\n\n').map(withCode).join('<br>')}</dd>`)
      .join('')}</dl>`,
  ]
  return `<section aria-labelledby="${idOf(operation)}">${parts.filter(Boolean).join('\n')}</section>`
}

/** @param label names the box that scrolls, of which there is one for each operation */
function table(label: string, parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(place)}${required ? ', required' : ''}</td><td>${describeSchema(schema)}${description ? `<p>${escapeHtml(description)}</p>` : ''}</td></tr>`,
  )
  return `<div class="wide" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table><thead><tr><th scope="col">Name</th><th scope="col">Where</th><th scope="col">What</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

/** `code` at the beginning of a line, as the document writes it. */
function withCode(text: string): string {
  const [, code, rest] = /^`([a-z_]+)`: (.*)$/s.exec(text) ?? []
  return code === undefined ? escapeHtml(text) : `<code>${code}</code> ${escapeHtml(rest ?? '')}`
}
