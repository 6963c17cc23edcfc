import { defineRead } from './define-endpoint'
import { z } from './zod'

/** What can be wrong with an installation, by where one would look. */
export const DOCTOR_KINDS = ['database', 'keys', 'clock', 'https', 'redirect_uris', 'egress', 'secrets', 'disk', 'versions'] as const
export type DoctorKind = (typeof DOCTOR_KINDS)[number]

/** One thing that was looked at: how it is, and what to do when it is not well. */
export const findingSchema = z.object({
  kind: z.enum(DOCTOR_KINDS),
  subject: z.string(),
  level: z.enum(['ok', 'warning', 'problem']),
  what: z.string(),
  /** Absent when there is nothing to do. */
  todo: z.string().optional(),
})
export type Finding = Readonly<z.infer<typeof findingSchema>>

export const doctorReportSchema = z.object({
  at: z.iso.datetime(),
  /** By kind, in the order of {@link DOCTOR_KINDS}; each kind has one at least. */
  findings: z.array(findingSchema),
  /** The same as lines for a support case: without names, addresses, paths and secrets. */
  text: z.string(),
})
export type DoctorReport = z.infer<typeof doctorReportSchema>

/** Looks at everything now; changes and sends nothing. Of API clients it tells the organization's own. */
export const getDoctor = defineRead({ path: '/api/doctor', output: doctorReportSchema, permission: 'doctor:read' })
