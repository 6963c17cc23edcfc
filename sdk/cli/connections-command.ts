import type { Connection, ConnectionStatus } from '../wire'
import { textOf, type Command } from './command'
import { EXIT, UsageError } from './exit-codes'
import { columns, plain } from './plain'

const STATUSES: readonly ConnectionStatus[] = ['healthy', 'expiring', 'refresh_failing', 'reconnect_required', 'disconnected']

/** `keyrack connections`: what the key may see, for people as a table. */
export const connectionsCommand: Command = {
  usage: 'connections',
  summary: 'lists connections with their status; no token',
  help: `  --status STATUS    ${STATUSES.join(', ')}
  --property ID      those that cover this property, by Octorate's id
  --json             one connection as JSON on each line
`,
  options: { status: { type: 'string' }, property: { type: 'string' } },
  positionals: 0,
  async run({ client, world, values, json }) {
    const wanted = textOf(values, 'status')
    const status = STATUSES.find((each) => each === wanted)
    if (wanted !== undefined && !status) throw new UsageError(`--status is one of ${STATUSES.join(', ')}.`)
    const propertyId = textOf(values, 'property')
    const rows: string[][] = []
    const found = client.listConnections({ ...(status ? { status } : {}), ...(propertyId === undefined ? {} : { propertyId }) })
    for await (const connection of found) {
      if (json) world.print(`${JSON.stringify(connection)}\n`)
      else rows.push(rowOf(connection))
    }
    if (json) return EXIT.ok
    if (rows.length === 0) world.say('No connection.\n')
    else world.print(columns([['CONNECTION', 'STATUS', 'ACCESS EXPIRES', 'PROPERTY', 'NAME'], ...rows]))
    return EXIT.ok
  },
}

function rowOf({ id, name, status, cause, frozen, accessExpiresAt, properties }: Connection): string[] {
  const [first, ...others] = properties.map(({ propertyId }) => plain(propertyId))
  return [
    id,
    `${cause === null ? status : `${status} (${cause})`}${frozen ? ', frozen' : ''}`,
    accessExpiresAt === null ? '-' : accessExpiresAt.replace(/\.\d+Z$/, 'Z'),
    `${first ?? '-'}${others.length > 0 ? ` +${others.length}` : ''}`,
    plain(name),
  ]
}
