import type { Prisma } from '../generated/prisma/client'

/** Plain data as a JSON column takes it: what is undefined is left out. */
export function toJson(value: object): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue
}
