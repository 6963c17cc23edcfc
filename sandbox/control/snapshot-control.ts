import { ControlRefusal } from './control-refusal'
import type { World } from '../models/world'

/** A snapshot by name; `takenAt` in epoch milliseconds of the sandbox's clock. */
export type SnapshotView = { readonly name: string; readonly takenAt: number; readonly grants: number; readonly apiClients: number }

export type SnapshotControl = {
  /** keeps the whole state under a name (`default` unless given), replacing what was kept under it */
  takeSnapshot(name?: string): Promise<SnapshotView>
  /**
   * back to a snapshot: state, switches, clock and fault rules. Tokens issued before it are good again, those issued
   * after it mean nothing. Snapshots outlive resets and restores.
   */
  restore(name?: string): Promise<SnapshotView>
  snapshots(): SnapshotView[]
}

const DEFAULT_NAME = 'default'

export function createSnapshotControl(world: World): SnapshotControl {
  const find = (name: string) => {
    const stored = world.state.snapshots.get(name)
    if (!stored) throw new ControlRefusal(404, `There is no snapshot ${name}`)
    return stored
  }
  const view = (name: string): SnapshotView => {
    const { takenAt, data } = find(name)
    return { name, takenAt, grants: data.grants.length, apiClients: data.apiClients.length }
  }
  return {
    async takeSnapshot(name = DEFAULT_NAME) {
      if (!/^[\w .:-]{1,80}$/.test(name)) throw new ControlRefusal(400, 'name: expected 1 to 80 letters, digits, spaces, dots, colons or dashes')
      world.record({ type: 'snapshot.taken', name, clock: world.clock.state, faults: world.faults.list().map(({ rule }) => rule) })
      await world.log.durable()
      return view(name)
    },
    async restore(name = DEFAULT_NAME) {
      const stored = find(name)
      world.clock.become(stored.clock)
      world.record({ type: 'snapshot.restored', name, clock: stored.clock })
      for (const part of [world.faults, world.quota, world.sessions]) part.clear()
      for (const rule of stored.faults) world.faults.add(rule)
      await world.log.durable()
      return view(name)
    },
    snapshots: () => [...world.state.snapshots.keys()].map(view),
  }
}
