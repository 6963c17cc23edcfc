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
import { getRuntime } from '@/server/runtime'
import { isSetUpOpen } from '@/server/set-up/set-up-code'

const t = translator('signIn')

export const metadata: Metadata = { title: t('title') }

type Given = string | string[] | undefined
type Props = { searchParams: Promise<{ returnTo?: Given; callbackUrl?: Given; error?: Given }> }

export default async function SignInPage({ searchParams }: Props) {
  const { returnTo, callbackUrl, error } = await searchParams
  const target = safeReturnTo(returnTo ?? pathOfOurs(callbackUrl), pages.overview())
  await loadPageData(async () => {
    if (await isSetUpOpen()) redirect(pages.setUp())
    if (await findViewer((await cookies()).get(SESSION_COOKIE)?.value)) redirect(target)
  })
  const [provider] = oidcProvider()
  return (
    <PublicFrame title={t('title')}>
      <SignInForm
        returnTo={target}
        provider={provider?.name ?? null}
        takesPasswords={getRuntime().env.KEYRACK_PASSWORDS === 'on'}
        error={typeof error === 'string' ? error : null}
      />
    </PublicFrame>
  )
}

/** next-auth brings a failed sign-in back with an absolute address of ours. */
function pathOfOurs(address: Given): unknown {
  const { publicUrl } = getRuntime()
  return typeof address === 'string' && address.startsWith(`${publicUrl}/`) ? address.slice(publicUrl.length) : undefined
}
