import 'server-only'
import path from 'node:path'
import type { DoctorReport } from '@/contracts/doctor'
import type { Viewer } from '../auth/viewer'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { getRuntime } from '../runtime'
import { doctorText } from './doctor-text'
import { examineStored, examineVersion, inOrder } from './examine-all'
import { examineMachine } from './examine-machine'
import { readVersion } from './read-version'

/** What `keyrack doctor` finds, asked from within the running console; of API clients the organization's own. */
export async function getDoctor({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<DoctorReport> {
  const { env, keys, pool, publicUrl, spoolFolder, clock } = getRuntime()
  const root = process.cwd()
  const client = await pool.connect()
  let isBroken = false
  try {
    const findings = inOrder([
      examineVersion(await readVersion(root)),
      ...(await examineMachine(env, path.dirname(spoolFolder))),
      ...(await examineStored(client, { env, migrations: path.join(root, 'prisma', 'migrations'), publicUrl, organizationId, readKeys: async () => keys })),
    ])
    const at = clock().toISOString()
    return { at, findings, text: doctorText(findings, { at, publicUrl }) }
  } catch (error) {
    isBroken = isDatabaseUnavailable(error)
    throw error
  } finally {
    client.release(isBroken)
  }
}
