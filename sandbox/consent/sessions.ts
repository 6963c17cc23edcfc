import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Hoteliers signed in on the consent page. Kept in memory only: a restart signs everybody out. */
export type Sessions = {
  newId(): string
  isId(text: string): boolean
  signIn(id: string, username: string, now: number): void
  usernameOf(id: string, now: number): string | undefined
  signOut(id: string): void
  signOutUser(username: string): void
  csrfToken(id: string): string
  isCsrfToken(id: string, token: string): boolean
  clear(): void
}

const SESSION_LIFETIME_MS = 8 * 3_600_000
const MOST_SESSIONS = 1_000

export function createSessions(): Sessions {
  const key = randomBytes(32)
  const signedIn = new Map<string, { username: string; endsAt: number }>()
  const csrf = (id: string) => createHmac('sha256', key).update(id).digest()

  return {
    newId: () => randomBytes(32).toString('base64url'),
    isId: (text) => /^[\w-]{43}$/.test(text),
    signIn(id, username, now) {
      const oldest = signedIn.keys().next().value
      if (signedIn.size >= MOST_SESSIONS && oldest !== undefined) signedIn.delete(oldest)
      signedIn.set(id, { username, endsAt: now + SESSION_LIFETIME_MS })
    },
    usernameOf(id, now) {
      const session = signedIn.get(id)
      return session && now < session.endsAt ? session.username : undefined
    },
    signOut: (id) => void signedIn.delete(id),
    signOutUser(username) {
      for (const [id, session] of signedIn) if (session.username === username) signedIn.delete(id)
    },
    csrfToken: (id) => csrf(id).toString('base64url'),
    isCsrfToken(id, token) {
      const given = Buffer.from(token, 'base64url')
      const expected = csrf(id)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
    clear: () => signedIn.clear(),
  }
}
