import type { FaultRig } from './fault-rig'

const JUMP_MS = 10_000
const EVERY_MS = 330

/** How time passes in a profile, for whoever reads the figures. */
export const PACE = {
  small: `in jumps of ${JUMP_MS / 1000} s every ${EVERY_MS} ms of all clocks but the database's`,
  full: 'in real time',
} as const

/** Lets so much time pass: as it does, or in the small profile thirty times as fast. */
export async function passTime(rig: FaultRig, ms: number, profile: keyof typeof PACE): Promise<void> {
  if (profile === 'full') return pause(ms)
  for (let passed = 0; passed < ms; passed += JUMP_MS) {
    await rig.advance(JUMP_MS)
    await pause(EVERY_MS)
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
