import { pages } from '@/contracts/paths'
import { signInWithPassword } from '../auth-request'

/** Signs in with a password that was just set, or leads to where one signs in; the address with the link leaves the history. */
export async function enter(email: string, password: string): Promise<void> {
  const refused = await signInWithPassword(email, password).catch(() => 'internal')
  window.location.replace(refused === null ? pages.overview() : pages.signIn())
}
