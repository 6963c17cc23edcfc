import type { Scenario } from './scenario'
import { databaseRestart } from './scenarios/database-restart'
import { diskFull } from './scenarios/disk-full'
import { freeze } from './scenarios/freeze'
import { hangUp } from './scenarios/hang-up'
import { kill } from './scenarios/kill'
import { migration } from './scenarios/migration'
import { outage } from './scenarios/outage'
import { pool } from './scenarios/pool'
import { quota } from './scenarios/quota'
import { revokedKey } from './scenarios/revoked-key'
import { singleFlight } from './scenarios/single-flight'
import { stoppedHolder } from './scenarios/stopped-holder'
import { topUp } from './scenarios/top-up'

export const scenarios: Readonly<Record<string, Scenario>> = {
  'single-flight': singleFlight,
  kill,
  'hang-up': hangUp,
  'stopped-holder': stoppedHolder,
  quota,
  'database-restart': databaseRestart,
  'disk-full': diskFull,
  pool,
  outage,
  migration,
  'revoked-key': revokedKey,
  freeze,
  'top-up': topUp,
}
