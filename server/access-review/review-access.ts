import 'server-only'
import { machineKeyState } from '@/lib/machine-key-state'
import { showInvisible } from '@/lib/text/show-invisible'
import { toCsv } from '@/lib/text/to-csv'
import { db } from '../db'
import { livingSessions } from '../people/to-member'

const COLUMNS = [
  'what', 'id', 'name', 'e-mail', 'role', 'two-factor', 'last sign-in', 'sessions', 'personal keys', 'service keys', 'environment', 'scopes', 'properties',
  'made by', 'maker has left', 'rotate by', 'expires', 'last used', 'last used from', 'joined or made',
] as const
const MOST_CELL = 1_000

type Cells = (string | number | null)[]

/** Who and what has access to an organization, as CSV: people by name, then machine keys that are let in, by name. */
export async function reviewAccess(organizationId: string, now: Date): Promise<string> {
  const people = await readPeople(organizationId, now)
  const keys = await readKeys(organizationId, now)
  const counts = (userId: string, isPersonal: boolean) => keys.filter((key) => key.createdByUserId === userId && key.isPersonal === isPersonal).length
  const names = new Map(people.map(({ user }) => [user.id, user.name]))
  const rows: Cells[] = [
    ...people.map(({ role, createdAt, user }): Cells => [
      'person', user.id, shown(user.name), user.email, role, user.twoFactor?.confirmedAt ? 'on' : 'off', iso(user.lastSignIn), user.sessions,
      counts(user.id, true), counts(user.id, false), null, null, null, null, null, null, null, null, null, iso(createdAt),
    ]),
    ...keys.map((key): Cells => [
      key.isPersonal ? 'personal key' : 'service key', key.id, shown(key.name), null, null, null, null, null, null, null, key.environment,
      key.scopes.join(' '), key.properties.length === 0 ? 'all' : key.properties.join(' '), shown(names.get(key.createdByUserId) ?? key.createdByUserId),
      names.has(key.createdByUserId) ? 'no' : 'YES', iso(key.rotateBy), key.expiresAt === null ? 'never' : iso(key.expiresAt), iso(key.lastUsedAt),
      key.lastUsedAddress, iso(key.createdAt),
    ]),
  ]
  return `\uFEFF${toCsv([COLUMNS, ...rows])}`
}

async function readPeople(organizationId: string, now: Date) {
  const memberships = await db().membership.findMany({
    where: { organizationId },
    select: { role: true, createdAt: true, user: { select: { id: true, name: true, email: true, twoFactor: { select: { confirmedAt: true } } } } },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
  })
  const userId = { in: memberships.map(({ user }) => user.id) }
  const [living, latest] = await Promise.all([
    db().session.groupBy({ by: ['userId'], where: { ...livingSessions(organizationId, now), userId }, _count: true }),
    db().session.groupBy({ by: ['userId'], where: { organizationId, userId }, _max: { createdAt: true } }),
  ])
  return memberships.map(({ user, ...membership }) => ({
    ...membership,
    user: {
      ...user,
      sessions: living.find((each) => each.userId === user.id)?._count ?? 0,
      // Sessions are kept for a while after they ended; before that the audit log knows.
      lastSignIn: latest.find((each) => each.userId === user.id)?._max.createdAt ?? null,
    },
  }))
}

async function readKeys(organizationId: string, now: Date) {
  const keys = await db().machineKey.findMany({ where: { organizationId, revokedAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
  return keys.filter((key) => ['active', 'ending'].includes(machineKeyState(key, now)))
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}

function shown(text: string): string {
  return showInvisible(text, MOST_CELL)
}
