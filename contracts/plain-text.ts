import { z } from './zod'

/** A name that a person typed: no control characters and no half characters, which a database can't keep. */
export const plainText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: 'holds a character that cannot be kept' })
