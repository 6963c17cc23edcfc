import { escapeHtml } from './escape-html'

/** As much of a JSON Schema as the contracts make. */
export interface SchemaLike {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly items?: SchemaLike
  readonly properties?: Readonly<Record<string, SchemaLike>>
  readonly required?: readonly string[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly description?: string
  readonly anyOf?: readonly SchemaLike[]
  readonly oneOf?: readonly SchemaLike[]
  readonly allOf?: readonly SchemaLike[]
}

/** A schema as HTML: objects as lists of their fields, named ones as links to where they are described. */
export function describeSchema(schema: SchemaLike | undefined): string {
  if (!schema) return ''
  const { properties, required = [] } = schema
  if (!properties) return `<p class="type">${typeOf(schema)}</p>`
  const fields = Object.entries(properties).map(([name, field]) => {
    const nested = fieldsOf(field)
    const says = field.description ? ` — ${escapeHtml(field.description)}` : ''
    return `<li><code>${escapeHtml(name)}</code> <span class="type">${typeOf(field)}${required.includes(name) ? '' : ', optional'}</span>${says}${nested}</li>`
  })
  return `<ul class="fields">${fields.join('')}</ul>`
}

function fieldsOf(schema: SchemaLike): string {
  if (schema.properties) return describeSchema(schema)
  return schema.items?.properties ? describeSchema(schema.items) : ''
}

function typeOf(schema: SchemaLike): string {
  if (schema.$ref) return linkTo(schema.$ref)
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (either) return either.map((each) => typeOf(each)).join(' or ')
  if (schema.items) return `list of ${typeOf(schema.items)}${schema.maxItems === undefined ? '' : `, at most ${schema.maxItems}`}`
  if (schema.enum) return schema.enum.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' or ')
  const types = [schema.type ?? 'anything'].flat().join(' or ')
  const details = [
    schema.format,
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((detail) => detail !== undefined)
  return escapeHtml([types, ...details].join(', '))
}

function range(from: number | undefined, to: number | undefined, unit: string): string | undefined {
  if (from === undefined && to === undefined) return undefined
  return `${from ?? 0} to ${to ?? 'any'}${unit}`
}

function linkTo(reference: string): string {
  const name = escapeHtml(reference.split('/').at(-1) ?? '')
  return `<a href="#schema-${name}">${name}</a>`
}
