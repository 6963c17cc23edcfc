import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { SetUpForm } from '@/features/set-up/set-up-form'
import { PublicFrame } from '@/features/shell/public-frame'
import { translator } from '@/messages/translator'
import { isSetUpOpen } from '@/server/set-up/set-up-code'

const t = translator('setUp')

export const metadata: Metadata = { title: t('title') }

export default async function SetUpPage() {
  if (!(await loadPageData(isSetUpOpen))) notFound()
  return (
    <PublicFrame title={t('title')} description={t('description')}>
      <SetUpForm />
    </PublicFrame>
  )
}
