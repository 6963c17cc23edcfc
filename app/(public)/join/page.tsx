import type { Metadata } from 'next'
import { JoinScreen } from '@/features/join/join-screen'
import { PublicFrame } from '@/features/shell/public-frame'
import { translator } from '@/messages/translator'

const t = translator('join')

export const metadata: Metadata = { title: t('title') }

/** The link's token stands behind the address's `#`, which only the browser knows: the server shows the frame. */
export default function JoinPage() {
  return (
    <PublicFrame title={t('title')}>
      <JoinScreen />
    </PublicFrame>
  )
}
