import type { OrganizationChoice } from '@/contracts/organizations'
import type { Role } from '@/contracts/permissions'

/** Who is signed in, as the frame shows them. */
export type Person = {
  id: string
  name: string
  email: string
  role: Role
  /** They have to enrol a second factor before anything else. */
  mustEnrol: boolean
  organizationId: string
  organizationName: string
  /** Every organization of theirs, this one too. */
  choices: readonly OrganizationChoice[]
}
