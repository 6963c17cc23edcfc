/** Whether a navigation entry stands for the page at `pathname`: the same path or one below it; "/" only for itself. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === '/') return pathname === '/'
  return pathname === href || pathname.startsWith(`${href}/`)
}
