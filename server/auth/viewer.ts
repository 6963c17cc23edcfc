import type { Role } from '@/contracts/permissions'

/** The signed-in person, as one of their sessions says. Every service takes it and filters by its organization. */
export interface Viewer {
  readonly userId: string
  readonly sessionId: string
  readonly organizationId: string
  readonly organizationName: string
  readonly role: Role
  readonly name: string
  readonly email: string
  /** Their organization asks for a second factor, and they have none yet: until then little is open to them. */
  readonly mustEnrol: boolean
}
