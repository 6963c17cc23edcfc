import type { ClientBase } from 'pg'
import { DOCTOR_KINDS } from '@/contracts/doctor'
import type { KeyRing } from '../crypto/key-ring'
import type { Env } from '../env'
import { examineDatabase } from './examine-database'
import { examineEgress } from './examine-egress'
import { examineKeys, wrongKeys } from './examine-keys'
import { examineOctorate } from './examine-octorate'
import { examineSecrets } from './examine-secrets'
import { about, type Finding } from './finding'

interface Examined {
  readonly env: Env
  /** Folder of the migrations of this version. */
  readonly migrations: string
  readonly publicUrl: string
  /** Whose API clients are looked at; null for everybody's. */
  readonly organizationId: string | null
  readonly readKeys: () => Promise<KeyRing | null>
}

/** What a database tells of the installation, once it answers. Changes and sends nothing. */
export async function examineStored(client: ClientBase, { env, migrations, publicUrl, organizationId, readKeys }: Examined): Promise<Finding[]> {
  const findings = await examineDatabase(client, { env, migrations })
  const isMigrated = findings.some(({ subject, level }) => subject === 'Migrations' && level === 'ok')
  if (!isMigrated) return findings
  const keys = await readKeys().catch((error: unknown) => error)
  const ring = keys instanceof Error ? null : (keys as KeyRing | null)
  return [
    ...findings,
    keys instanceof Error ? wrongKeys(keys) : await examineKeys(client, ring),
    ...(await examineOctorate(client, { publicUrl, organizationId })),
    ...(await examineEgress(client, { organizationId })),
    ...(await examineSecrets(client, { keys: ring, organizationId })),
  ]
}

export function examineVersion(version: string): Finding {
  return about('versions', 'Keyrack').ok(`Keyrack ${version}.`)
}

/** By kind, each kind in the order in which it was looked at. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return DOCTOR_KINDS.flatMap((kind) => findings.filter((finding) => finding.kind === kind))
}
