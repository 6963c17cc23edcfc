import type { Answer } from './machine-api'
import { notKeyrack } from './to-error'

/** The body as Keyrack's contract says it is; something else's answer lacks what is always there. */
export function read<T extends object>({ body }: Answer, always: keyof T & string): T {
  if (typeof body !== 'object' || body === null || !(always in body)) throw notKeyrack(200)
  return body as T
}
