/** Languages that a hotelier's pages and messages are written in; the first is for whoever's is not among them. */
export const HOTELIER_LANGUAGES = ['en', 'it', 'es', 'de', 'fr'] as const
export type HotelierLanguage = (typeof HOTELIER_LANGUAGES)[number]

/** The language that a browser asks for, or English. */
export function languageOf(acceptLanguage: string | null): HotelierLanguage {
  const wishes = (acceptLanguage ?? '').toLowerCase().split(',').map((part) => part.trim().slice(0, 2))
  return wishes.flatMap((wish) => HOTELIER_LANGUAGES.filter((known) => known === wish))[0] ?? 'en'
}

/** One of ours, or null. */
export function parseLanguage(value: unknown): HotelierLanguage | null {
  return HOTELIER_LANGUAGES.find((known) => known === value) ?? null
}
