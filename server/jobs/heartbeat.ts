import 'server-only'
import type { Pool } from 'pg'
import { log } from '../log'
import { forgetRunner, releaseDead } from './release-dead'

/** A process says that it lives this often: a third of the silence after which it is taken for dead. */
const BEAT_MS = 10_000

/** Says at once and from then on that this runner lives, and looks after those that do not. */
export function startHeartbeat(pool: Pool, workerId: string): { stop(): Promise<void> } {
  const beat = () => releaseDead(pool, workerId).catch((err: unknown) => log().debug({ err }, 'the beat of the job runner failed'))
  let last = beat()
  const timer = setInterval(() => (last = beat()), BEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await last
      await forgetRunner(pool, workerId).catch(() => undefined)
    },
  }
}
