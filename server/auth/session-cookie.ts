/** `__Host-` binds the cookie to this very host; browsers count localhost as secure. */
export const SESSION_COOKIE = '__Host-keyrack-session'

export const SESSION_IDLE_MS = 60 * 60 * 1000
export const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000
