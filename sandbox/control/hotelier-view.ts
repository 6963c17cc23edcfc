import type { Hotelier } from '../models/seed'

/** A hotelier as the sandbox announces them. */
export type HotelierView = { readonly username: string; readonly password: string; readonly accommodations: readonly string[] }

export function viewHotelier({ username, password, accommodations }: Hotelier): HotelierView {
  return { username, password, accommodations }
}
