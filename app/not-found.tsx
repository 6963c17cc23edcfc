import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'
import { PublicFrame } from '@/features/shell/public-frame'
import { translator } from '@/messages/translator'

const t = translator('shell')

export const metadata: Metadata = { title: t('notFound.title') }

export default function NotFound() {
  return (
    <PublicFrame title={t('notFound.heading')} description={t('notFound.body')}>
      <ButtonLink variant="primary" href={pages.overview()}>
        {t('notFound.action')}
      </ButtonLink>
    </PublicFrame>
  )
}
