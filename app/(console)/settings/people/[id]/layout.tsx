import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requirePerson } from '@/server/people/require-person'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function PersonLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'people:manage', require: requirePerson })
  return children
}
