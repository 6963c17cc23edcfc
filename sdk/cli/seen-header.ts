/** By which the sandbox tells from where it was called. Octorate tells nobody. */
export const SEEN_HEADER = 'x-sandbox-client-address'
