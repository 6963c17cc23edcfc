'use client'

import { PageError, type PageErrorProps } from '@/features/shell/page-error'

/** Where not even the frame could be drawn. */
export default function RootError(props: PageErrorProps) {
  return (
    <main className="px-4 py-10">
      <PageError {...props} />
    </main>
  )
}
