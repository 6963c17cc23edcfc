import { digest } from '@/server/crypto/digest'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { untilRefused } from '../until-refused'

const ROUNDS = { small: 2, full: 20 } as const

/** A key is revoked while four processes serve it: within a second, none of them lets it in any more. */
export const revokedKey: Scenario = (parts) =>
  untilRefused(parts, {
    rounds: ROUNDS[parts.profile],
    promisedMs: 1_000,
    refusal: 401,
    async prepare(rig) {
      const { machineKey } = await plant(rig, { count: 0 })
      return {
        async call({ url }) {
          const answer = await fetch(`${url}/api/v1/connections?limit=1`, { headers: { authorization: `Bearer ${machineKey}` } })
          await answer.arrayBuffer()
          return answer.status
        },
        act: async () => void (await rig.database.sql('UPDATE machine_keys SET revoked_at = now() WHERE digest = $1', [digest(machineKey)])),
      }
    },
  })
