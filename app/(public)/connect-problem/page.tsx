import type { Metadata } from 'next'
import { isErrorCode } from '@/contracts/errors'
import { ConnectProblem } from '@/features/authorizations/connect-problem'
import { PublicFrame } from '@/features/shell/public-frame'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'

const t = translator('authorizations')

export const metadata: Metadata = { title: t('problem.title') }

type Props = { searchParams: Promise<{ code?: string | string[]; request?: string | string[] }> }

/** Anybody can write this address: nothing of it is shown but a code of ours and a UUID. */
export default async function ConnectProblemPage({ searchParams }: Props) {
  const { code, request } = await searchParams
  return (
    <PublicFrame title={t('problem.title')}>
      <ConnectProblem code={isErrorCode(code) ? code : null} requestId={isUuid(request) ? request : ''} />
    </PublicFrame>
  )
}
