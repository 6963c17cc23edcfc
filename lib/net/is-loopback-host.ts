/** Whether a URL's host is this machine by name or by address. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname)
}
