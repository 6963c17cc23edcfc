import { showInvisible } from '@/lib/text/show-invisible'
import { translator } from '@/messages/translator'
import type { Alert } from '../generated/prisma/client'

/** What an alert is about. Names come from upstream: nothing unseen, and one line. */
export function nameOf({ name, aboutKind, data }: Alert): string {
  const id = aboutKind === 'connection' ? textAt(data, 'connection', 'upstreamId') : ''
  return showInvisible(id ? `${name} (${id})` : name)
}

/** The same with what nobody should have to look up first: of a freeze, who did it and why; of a key, how much it read. */
export function lineOf(alert: Alert): string {
  const [t, name, { data }] = [translator('alerts'), nameOf(alert), alert]
  switch (alert.type) {
    case 'hand_outs.frozen':
    case 'hand_outs.thawed':
      return t('mail.freeze', { name, by: textAt(data, 'by', 'name'), email: textAt(data, 'by', 'email'), reason: textAt(data, 'reason') })
    case 'machine_key.many_connections':
      return t('mail.manyConnections', { name, connections: numberAt(data, 'connections'), minutes: numberAt(data, 'minutes'), addresses: listAt(data, 'addresses') })
    case 'machine_key.unusual_rate':
      return t('mail.unusualRate', { name, requests: numberAt(data, 'requests'), mean: numberAt(data, 'usual', 'mean') })
    default:
      return name
  }
}

function textAt(data: Alert['data'], ...path: readonly string[]): string {
  const found = valueAt(data, path)
  return typeof found === 'string' ? showInvisible(found) : ''
}

function numberAt(data: Alert['data'], ...path: readonly string[]): number {
  const found = valueAt(data, path)
  return typeof found === 'number' ? found : 0
}

function listAt(data: Alert['data'], ...path: readonly string[]): string {
  const found = valueAt(data, path)
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string').join(', ') : ''
}

function valueAt(data: Alert['data'], path: readonly string[]): Alert['data'] | undefined {
  let found: Alert['data'] | undefined = data
  for (const name of path) found = typeof found === 'object' && found !== null && !Array.isArray(found) ? found[name] : undefined
  return found
}
