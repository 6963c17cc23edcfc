/** The look shared by everything that one types or picks in. 16 px on phones, or iOS zooms in. */
export const CONTROL_CLASSES = [
  'w-full min-w-0 rounded-md border border-line-strong bg-surface text-sm text-foreground transition-colors',
  'hover:border-muted focus-visible:border-accent disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted',
  'read-only:not-disabled:not-[select]:bg-sunken aria-invalid:border-danger touch:text-base',
]
