import type { CrashPoint } from '@/server/crash-point'

/** What the rig does at the named steps of a refresh, and what it measures there. */
export class CrashPlan {
  #points = new Map<string, CrashPoint>()
  #held = 0
  readonly #receivedAt = new Map<string, number>()
  readonly #underWay = new Set<string>()
  /** For each answer, how long it was here before it was committed. */
  readonly windowsMs: number[] = []

  get inFlight(): number {
    return this.#underWay.size
  }

  dieAt(points: readonly (readonly [string, CrashPoint])[]): void {
    this.#points = new Map(points)
    this.#held = 0
  }

  /** A promise that never settles where a connection is to stay. */
  at(point: CrashPoint, connectionId: string): Promise<void> | undefined {
    this.#note(point, connectionId)
    if (this.#points.get(connectionId) !== point) return undefined
    this.#held += 1
    if (this.#held === this.#points.size) process.kill(process.pid, 'SIGKILL')
    return new Promise(() => undefined)
  }

  #note(point: CrashPoint, connectionId: string): void {
    const now = performance.now()
    if (point === 'sent') this.#underWay.add(connectionId)
    if (point === 'released') this.#underWay.delete(connectionId)
    if (point === 'received') this.#receivedAt.set(connectionId, now)
    const receivedAt = this.#receivedAt.get(connectionId)
    if (point === 'journalled' && receivedAt !== undefined) this.windowsMs.push(now - receivedAt)
  }
}
