import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { cn } from './cn'

export type BreadcrumbItem = { label: string; href?: string | undefined }

export type BreadcrumbProps = { items: readonly BreadcrumbItem[]; label?: string | undefined; className?: string | undefined }

/** The way from the top to this page; the last item is the page itself. */
export function Breadcrumb({ items, label = 'Breadcrumb', className }: BreadcrumbProps) {
  return (
    <nav data-slot="breadcrumb" aria-label={label} className={cn('text-[0.8125rem] text-muted', className)}>
      <ol className="flex flex-wrap items-center gap-1">
        {items.map((item, index) => (
          <li key={item.href ?? item.label} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-subtle" />}
            {item.href === undefined ? (
              <span aria-current={index === items.length - 1 ? 'page' : undefined} className="truncate text-foreground">
                {item.label}
              </span>
            ) : (
              <Link href={item.href} className="truncate rounded-xs hover:text-foreground hover:underline touch:-my-3 touch:py-3">
                {item.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
