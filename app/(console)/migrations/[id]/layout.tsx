import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { getKeyMigration } from '@/server/key-migrations/get-key-migration'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function MigrationLayout({ params, children }: Props) {
  await requireKnown({
    params,
    permission: 'key-migrations:run',
    require: ({ organizationId }, id) => getKeyMigration({ organizationId, environment: null }, id),
  })
  return children
}
