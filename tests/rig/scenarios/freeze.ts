import { randomUUID } from 'node:crypto'
import { askForToken } from '../hand-out'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { untilRefused } from '../until-refused'

const ROUNDS = { small: 1, full: 20 } as const
const CONNECTIONS = 20

/** An organization is frozen while four processes hand its tokens out from their memory: within two seconds, none does any more. */
export const freeze: Scenario = (parts) =>
  untilRefused(parts, {
    rounds: ROUNDS[parts.profile],
    promisedMs: 2_000,
    refusal: 423,
    async prepare(rig) {
      const { machineKey, connectionIds, organizationId, userId } = await plant(rig, { count: CONNECTIONS })
      let asked = 0
      return {
        async call(console) {
          asked += 1
          return (await askForToken(console, machineKey, connectionIds[asked % CONNECTIONS] ?? '')).status
        },
        act: async () =>
          void (await rig.database.sql(
            `INSERT INTO freezes (id, organization_id, target_kind, target_id, reason, frozen_by_user_id, frozen_at)
             VALUES ($1, $2, 'organization', $2, 'A key leaked', $3, $4)`,
            [randomUUID(), organizationId, userId, rig.now()],
          )),
      }
    },
  })
