/** One thing that was looked at: how it is, and what to do when it is not well. */
export interface Finding {
  readonly subject: string
  readonly level: 'ok' | 'warning' | 'problem'
  readonly what: string
  /** Absent when there is nothing to do. */
  readonly todo?: string
}

export const ok = (subject: string, what: string): Finding => ({ subject, level: 'ok', what })
export const warning = (subject: string, what: string, todo: string): Finding => ({ subject, level: 'warning', what, todo })
export const problem = (subject: string, what: string, todo: string): Finding => ({ subject, level: 'problem', what, todo })
