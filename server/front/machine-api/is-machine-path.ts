/** Below these nobody has a session, a cookie or a page: a machine key is asked for. */
const BASES = ['/api/v1', '/connect'] as const

/** Whether an address belongs to the machine API or to the drop-in identity host. */
export function isMachinePath(path: string): boolean {
  return BASES.some((base) => path === base || path.startsWith(`${base}/`))
}
