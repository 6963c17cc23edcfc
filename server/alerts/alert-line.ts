import { showInvisible } from '@/lib/text/show-invisible'
import { translator } from '@/messages/translator'
import type { Alert } from '../generated/prisma/client'

/** What an alert is about. Names come from upstream: nothing unseen, and one line. */
export function nameOf({ name, aboutKind, data }: Alert): string {
  const id = aboutKind === 'connection' ? textAt(data, 'connection', 'upstreamId') : ''
  return showInvisible(id ? `${name} (${id})` : name)
}

/** The same with what nobody should have to look up first: of a freeze, who did it and why. */
export function lineOf(alert: Alert): string {
  const [name, { type, data }] = [nameOf(alert), alert]
  if (type !== 'hand_outs.frozen' && type !== 'hand_outs.thawed') return name
  return translator('alerts')('mail.freeze', { name, by: textAt(data, 'by', 'name'), email: textAt(data, 'by', 'email'), reason: textAt(data, 'reason') })
}

function textAt(data: Alert['data'], ...path: readonly string[]): string {
  let found: Alert['data'] | undefined = data
  for (const name of path) found = typeof found === 'object' && found !== null && !Array.isArray(found) ? found[name] : undefined
  return typeof found === 'string' ? showInvisible(found) : ''
}
