import type { Metadata } from 'next'
import { RecoverForm } from '@/features/join/recover-form'
import { PublicFrame } from '@/features/shell/public-frame'
import { translator } from '@/messages/translator'

const t = translator('join')

export const metadata: Metadata = { title: t('recover.title') }

/** The link's token stands behind the address's `#`, which only the browser knows: the server shows the form. */
export default function RecoverPage() {
  return (
    <PublicFrame title={t('recover.title')} description={t('recover.text')}>
      <RecoverForm />
    </PublicFrame>
  )
}
