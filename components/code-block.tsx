import { CopyButton, type CopyLabels } from './copy-button'
import { ScrollRegion } from './scroll-region'
import { cn } from './ui/cn'

export type CodeBlockProps = {
  code: string
  /** What it is: "Request", "curl". Names the region and the copy button. */
  label: string
  copyLabels?: Partial<CopyLabels> | undefined
  /** Breaks long lines rather than scrolling. */
  wrap?: boolean | undefined
  className?: string | undefined
}

/** Text for machines, as it is, with a button to copy it. Mask secrets before. */
export function CodeBlock({ code, label, copyLabels, wrap = false, className }: CodeBlockProps) {
  return (
    <figure data-slot="code-block" className={cn('min-w-0 overflow-hidden rounded-lg border bg-sunken', className)}>
      <figcaption className="flex min-h-10 items-center justify-between gap-3 border-b pr-1 pl-3 text-xs font-medium text-muted">
        {label}
        <CopyButton text={code} name={label} labels={copyLabels} iconOnly variant="ghost" />
      </figcaption>
      <ScrollRegion label={label}>
        <pre className={cn('p-3 font-mono text-xs leading-5', wrap && 'wrap-anywhere whitespace-pre-wrap')}>
          <code>{code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  )
}
