import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { pages } from '@/contracts/paths'
import { PublicFrame } from '@/features/shell/public-frame'
import { SignInForm } from '@/features/sign-in/sign-in-form'
import { safeReturnTo } from '@/lib/return-to'
import { translator } from '@/messages/translator'
import { findViewer } from '@/server/auth/find-viewer'
import { oidcProvider } from '@/server/auth/oidc-provider'
import { SESSION_COOKIE } from '@/server/auth/session-cookie'
import { isSetUpOpen } from '@/server/set-up/set-up-code'

const t = translator('signIn')

export const metadata: Metadata = { title: t('title') }

type Props = { searchParams: Promise<{ returnTo?: string | string[]; error?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { returnTo, error } = await searchParams
  const target = safeReturnTo(returnTo, pages.overview())
  await loadPageData(async () => {
    if (await isSetUpOpen()) redirect(pages.setUp())
    if (await findViewer((await cookies()).get(SESSION_COOKIE)?.value)) redirect(target)
  })
  const [provider] = oidcProvider()
  return (
    <PublicFrame title={t('title')}>
      <SignInForm returnTo={target} provider={provider?.name ?? null} error={typeof error === 'string' ? error : null} />
    </PublicFrame>
  )
}
