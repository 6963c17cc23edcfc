import type { Role } from '@/contracts/permissions'

/** Who is signed in, as the frame shows them. */
export type Person = { name: string; email: string; role: Role; organizationName: string }
