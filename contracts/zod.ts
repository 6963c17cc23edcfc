import { z } from 'zod'

// Zod tries out whether it may compile its checks. The policy of our pages forbids that, and each try is a violation.
if (typeof window !== 'undefined') z.config({ jitless: true })

/** Zod for whatever runs in the browser. */
export { z }
