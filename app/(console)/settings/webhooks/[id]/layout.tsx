import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireWebhook } from '@/server/webhooks/require-webhook'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function WebhookLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'webhooks:manage', require: requireWebhook })
  return children
}
