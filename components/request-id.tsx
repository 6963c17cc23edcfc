import { CopyButton, type CopyLabels } from './copy-button'

export type RequestIdProps = { id: string; label?: string | undefined; copyLabels?: Partial<CopyLabels> | undefined }

/** The number to quote when asking for help. */
export function RequestId({ id, label = 'Request id', copyLabels }: RequestIdProps) {
  return (
    <p data-slot="request-id" className="flex items-center gap-x-1.5 text-[0.8125rem] text-muted">
      <span className="min-w-0">
        {label} <code className="font-mono text-xs text-foreground wrap-anywhere">{id}</code>
      </span>
      <CopyButton text={id} name={label.toLocaleLowerCase()} labels={copyLabels} iconOnly variant="ghost" />
    </p>
  )
}
