import { visitorPages } from '@/contracts/paths'

const LINK = visitorPages.link('')
const PAGES = [LINK, visitorPages.visit(''), visitorPages.phoneCode()]

/** Pages of hoteliers: plain HTML whose handler sets a policy of its own, stricter than the console's. */
export function isVisitorPath(path: string): boolean {
  return PAGES.some((page) => path === page || (page.endsWith('/') && path.startsWith(page)))
}

/** A link's token is the one secret that stands in an address: it is never logged. */
export function withoutLinkToken(path: string): string {
  return path.startsWith(LINK) ? `${LINK}…` : path
}
