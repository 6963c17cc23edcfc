/** The form that client secrets of Octorate's have in the field. They have no business in a sandbox, whose tape and log anybody reads. */
const REAL_SECRET = /^secret_[0-9a-f]{32}/i

/** Whether a text looks like a client secret that Octorate issued. */
export function looksReal(secret: string): boolean {
  return REAL_SECRET.test(secret)
}
