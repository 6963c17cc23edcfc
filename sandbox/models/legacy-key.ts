import type { LegacyKey } from './seed'

/** A key of the deprecated API for one lodging. It lives on after its migration; `grant` is what it was migrated to. */
export type LegacyKeyState = LegacyKey & { grant: number | undefined }

/** What a key and a lodging are looked up by together: the same key may be good for several lodgings. */
export function legacyKeyId(key: string, accommodation: string): string {
  return `${accommodation} ${key}`
}
