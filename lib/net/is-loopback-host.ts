/** Whether a host is this machine: `localhost`, 127.0.0.0/8, or `::1` with or without brackets. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname)
}
