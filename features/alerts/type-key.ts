import type { AlertType, EventType } from '@/contracts/events'

type KeyOf<T extends string> = T extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never

/** The name under which texts know a type: a dot would lead into another level. */
export function typeKey<T extends AlertType | EventType | 'webhook.test'>(type: T): KeyOf<T> {
  return type.replace('.', '_') as KeyOf<T>
}
