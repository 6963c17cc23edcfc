import type { Scenario } from './scenario'
import { kill } from './scenarios/kill'
import { stoppedHolder } from './scenarios/stopped-holder'

export const scenarios: Readonly<Record<string, Scenario>> = {
  kill,
  'stopped-holder': stoppedHolder,
}
