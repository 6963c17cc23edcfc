import 'server-only'
import { readVersionOf } from '../doctor/read-version'

/**
 * The first versions without what is publicly known to let strangers run code on a server of pages or bring it down:
 * React's CVE-2025-55182, CVE-2026-23869 and CVE-2026-23870, which Next carries with it.
 */
const SAFE_SINCE = { next: '16.2.5', react: '19.2.6', 'react-dom': '19.2.6' } as const

/**
 * Refuses to serve pages with a package that is known to be dangerous, however it came to be installed.
 *
 * @throws Error in plain words that name package, version and command.
 */
export async function requireSafePackages(root: string): Promise<void> {
  for (const [name, least] of Object.entries(SAFE_SINCE)) {
    const installed = await readVersionOf(root, name).catch(() => null)
    if (installed === null) throw new Error(`The package ${name} is not installed beside Keyrack. Run npm ci.`)
    if (isAtLeast(installed, least)) continue
    throw new Error(`The installed ${name} ${installed} has publicly known holes that are closed since ${least}. Run npm ci, which installs what this version of Keyrack was tested with.`)
  }
}

/** A version that only led to the least one may not have what closes the hole. */
function isAtLeast(installed: string, least: string): boolean {
  const [version = '', ...before] = installed.split('-')
  const order = version.localeCompare(least, 'en', { numeric: true })
  return order > 0 || (order === 0 && before.length === 0)
}
