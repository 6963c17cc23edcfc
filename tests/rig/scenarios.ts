import type { Scenario } from './scenario'
import { kill } from './scenarios/kill'
import { revokedKey } from './scenarios/revoked-key'
import { stoppedHolder } from './scenarios/stopped-holder'

export const scenarios: Readonly<Record<string, Scenario>> = {
  kill,
  'revoked-key': revokedKey,
  'stopped-holder': stoppedHolder,
}
