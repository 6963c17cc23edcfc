import type { IncomingMessage } from 'node:http'
import { readText, requireContentType } from '../machine-api/read-body'
import { DialectError } from './dialect-error'

/**
 * The fields of a form, as Octorate's identity service takes them. Fields that it does not know are let through, because
 * existing code sends some; one that is there twice is not, because two readers would choose differently.
 */
export async function readForm(request: IncomingMessage): Promise<ReadonlyMap<string, string>> {
  requireContentType(request, 'form')
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(await readText(request, 'form'))) {
    if (fields.has(name)) throw new DialectError(400, { type: 'ApiParamsExemption', message: 'A parameter is given more than once' })
    fields.set(name, value)
  }
  return fields
}

/** @throws DialectError as Octorate words it, naming the field. */
export function requireField(form: ReadonlyMap<string, string>, name: string): string {
  const value = form.get(name)
  if (value === undefined || value === '') {
    throw new DialectError(400, { type: 'ApiParamsExemption', message: `Parameter ${name} is missing`, element: name })
  }
  return value
}
