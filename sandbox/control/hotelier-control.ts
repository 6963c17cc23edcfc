import { ControlRefusal } from './control-refusal'
import { assertFields, seedShapes } from '../models/parse-seed'
import type { Accommodation } from '../models/seed'
import type { World } from '../models/world'

export type HotelierControl = {
  /** signs the hotelier out everywhere, and asks for the new password from then on */
  changePassword(username: string, password: string): Promise<void>
  /** renames a lodging, or changes any of its fields but the id */
  changeAccommodation(id: string, changes: Partial<Omit<Accommodation, 'id'>>): Promise<Accommodation>
}

export function createHotelierControl(world: World): HotelierControl {
  return {
    async changePassword(username, password) {
      if (!world.state.hoteliers.has(username)) throw new ControlRefusal(404, `There is no hotelier ${username}`)
      if (password === '') throw new ControlRefusal(400, 'password: expected a text')
      const ends = world.state.settings.passwordChangeEndsGrants ? liveGrantsOf(world, username) : []
      world.record({ type: 'hotelier.password-changed', username, password, ...(ends.length > 0 && { ends }) })
      world.sessions.signOutUser(username)
      await world.log.durable()
    },
    async changeAccommodation(id, changes) {
      const accommodation = world.state.accommodations.get(id)
      if (!accommodation) throw new ControlRefusal(404, `There is no accommodation ${id}`)
      const changed = { ...accommodation, ...changes, id }
      assertFields(changed, seedShapes.accommodations, 'accommodation')
      world.record({ type: 'accommodation.changed', accommodation: changed })
      await world.log.durable()
      return changed
    },
  }
}

function liveGrantsOf({ state }: World, username: string): number[] {
  return state.grants.filter((grant) => grant.username === username && grant.revokedAt === undefined).map(({ number }) => number)
}
