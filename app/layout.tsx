import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Providers } from '@/features/shell/providers'
import { LOCALE } from '@/messages/catalogue'
import { translator } from '@/messages/translator'

const t = translator('shell')

export const metadata: Metadata = {
  title: { default: t('brand'), template: `%s · ${t('brand')}` },
  robots: { index: false, follow: false },
  // A phone must not turn ids and addresses into links.
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
}

/** Around every page, the ones for errors too. Waiting for the request makes each of them dynamic, or it had no nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  const nonce = nonceOf((await headers()).get('content-security-policy'))
  return (
    <html lang={LOCALE} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}

/** The front wrote the policy into the request; Next reads the nonce from there too. */
function nonceOf(policy: string | null): string {
  return policy?.match(/'nonce-([^']+)'/)?.[1] ?? ''
}
