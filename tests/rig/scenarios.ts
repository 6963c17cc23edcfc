import type { Scenario } from './scenario'
import { kill } from './scenarios/kill'

export const scenarios: Readonly<Record<string, Scenario>> = {
  kill,
}
