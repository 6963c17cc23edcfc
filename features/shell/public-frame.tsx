import type { ReactNode } from 'react'
import { BrandMark } from '@/components/brand-mark'
import { cn } from '@/components/ui/cn'
import { translator } from '@/messages/translator'

export type PublicFrameProps = {
  /** Heading of the page; none when the content brings its own. */
  title?: string | undefined
  description?: ReactNode
  /** `wide` for forms with more than a couple of fields. */
  width?: 'narrow' | 'wide' | undefined
  children: ReactNode
}

/** The frame of pages that need no session: the sign, a heading, one card. */
export function PublicFrame({ title, description, width = 'narrow', children }: PublicFrameProps) {
  const t = translator('shell')
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-10 sm:py-16">
      <div className={cn('flex w-full flex-col gap-6', width === 'narrow' ? 'max-w-sm' : 'max-w-lg')}>
        <div className="flex flex-col items-center gap-4 text-center">
          <p className="flex items-center gap-2.5 text-[0.9375rem] font-semibold tracking-tight">
            <BrandMark className="size-9" />
            {t('brand')}
          </p>
          {title !== undefined && (
            <div className="flex flex-col gap-1">
              <h1 className="text-[1.375rem] leading-8 font-semibold tracking-tight text-balance">{title}</h1>
              {description !== undefined && <div className="text-pretty text-muted">{description}</div>}
            </div>
          )}
        </div>
        <section className="rounded-xl border bg-surface p-5 shadow-sm sm:p-6">{children}</section>
      </div>
    </main>
  )
}
