/**
 * `ending`: replaced by another key, and still valid until its hard end; `replaced`: that end has come. Only `active` and
 * `ending` keys are let in.
 */
export const MACHINE_KEY_STATES = ['active', 'ending', 'replaced', 'expired', 'revoked'] as const
export type MachineKeyState = (typeof MACHINE_KEY_STATES)[number]

/** A key that rested so long is perhaps not needed any more. */
export const UNUSED_AFTER_MS = 90 * 24 * 60 * 60 * 1000

interface KeyFacts {
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly replacedById: string | null
  readonly lastUsedAt: Date | null
}

export function machineKeyState({ expiresAt, revokedAt, replacedById }: KeyFacts, now: Date): MachineKeyState {
  if (revokedAt) return 'revoked'
  const isOver = expiresAt !== null && expiresAt <= now
  if (replacedById) return isOver ? 'replaced' : 'ending'
  return isOver ? 'expired' : 'active'
}

/** Whether a key that is still valid was not used for ninety days, counted from its making when it never was. */
export function isMachineKeyUnused(key: KeyFacts, now: Date): boolean {
  const state = machineKeyState(key, now)
  const since = key.lastUsedAt ?? key.createdAt
  return (state === 'active' || state === 'ending') && now.getTime() - since.getTime() > UNUSED_AFTER_MS
}
