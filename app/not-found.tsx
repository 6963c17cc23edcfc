import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'
import { PublicFrame } from '@/features/shell/public-frame'
import { translator } from '@/messages/translator'

const t = translator('shell')

export const metadata: Metadata = { title: t('notFound.title') }

export default function NotFound() {
  return (
    <PublicFrame>
      <EmptyState
        icon={<SearchX />}
        title={t('notFound.heading')}
        action={<ButtonLink href={pages.overview()}>{t('notFound.action')}</ButtonLink>}
      >
        {t('notFound.body')}
      </EmptyState>
    </PublicFrame>
  )
}
