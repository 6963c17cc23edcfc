import type { DoctorKind, Finding } from '@/contracts/doctor'

export type { DoctorKind, Finding }

/** What is said of one thing: how it is, and what to do when it is not well. */
export function about(kind: DoctorKind, subject: string) {
  return {
    ok: (what: string): Finding => ({ kind, subject, level: 'ok', what }),
    warning: (what: string, todo: string): Finding => ({ kind, subject, level: 'warning', what, todo }),
    problem: (what: string, todo: string): Finding => ({ kind, subject, level: 'problem', what, todo }),
  }
}
