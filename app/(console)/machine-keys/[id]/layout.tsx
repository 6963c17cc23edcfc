import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireMachineKey } from '@/server/machine-keys/require-machine-key'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function MachineKeyLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'machine-keys:manage', require: requireMachineKey })
  return children
}
