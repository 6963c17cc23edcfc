import { SearchX } from 'lucide-react'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'
import { translator } from '@/messages/translator'

/** Inside the frame: "not yours" and "not there" look alike. */
export default function NotFound() {
  const t = translator('shell')
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <EmptyState
        icon={<SearchX />}
        title={t('notFound.heading')}
        action={<ButtonLink href={pages.overview()}>{t('notFound.action')}</ButtonLink>}
      >
        {t('notFound.body')}
      </EmptyState>
    </>
  )
}
