import 'server-only'
import { getRuntime } from './runtime'

/**
 * The steps of a refresh between which a process may die, in their order: the lease is committed; the token is opened;
 * the request is handed to the network; the whole answer is here; it is sealed; its journal row is committed; it is read
 * and the write follows; the new tokens are committed; the lease is given back.
 */
export const CRASH_POINTS = ['claimed', 'opened', 'sent', 'received', 'sealed', 'journalled', 'settling', 'settled', 'released'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

/**
 * Lets the fault rig stop or end this process at a named step of a connection's refresh. Only a rig's runtime has
 * something to say here; no variable and no request can.
 */
export async function crashPoint(point: CrashPoint, connectionId: string): Promise<void> {
  await getRuntime().atCrashPoint?.(point, connectionId)
}
