import { parseCidrBlock } from '@/lib/net/parse-cidr-block'
import { cidrSentence } from './cidr-sentence'
import { plainText } from './plain-text'
import { z } from './zod'

/**
 * What the two lists of addresses have in common: the one that Octorate should let in, of an API client
 * (contracts/ip-whitelists.ts), and the one that we let in, of a machine key (contracts/key-restrictions.ts).
 */
const instant = z.iso.datetime()

/** Entries that one list may hold. */
export const MOST_LIST_ENTRIES = 1_000
/** Lines that one import may bring, before duplicates are left out. */
export const MOST_IMPORT_LINES = 10_000
/** An entry that nobody looked at, and one that nobody came from, is shown after so many days. */
export const REVIEW_DAYS = 90
/** Longest life of a temporary entry. */
export const MOST_ENTRY_DAYS = 366

/** IPv4 address or network in its canonical spelling; whatever it is written as otherwise is refused with a sentence. */
export const cidrBlock = z
  .string()
  .max(200)
  .transform((text, context) => {
    const parsed = parseCidrBlock(text)
    if ('block' in parsed) return parsed.canonical
    context.addIssue({ code: 'custom', message: cidrSentence(parsed) })
    return z.NEVER
  })

const comment = plainText(200)

/** What lies in the way of a change and is said on purpose; nothing of it is ever a consequence of a mistake. */
export const listConfirmationSchema = z.strictObject({
  /** The change shuts out an address that is in use: see `whitelist_locks_out`. */
  lockOut: z.boolean().default(false),
  /** The change leaves no entry: see `whitelist_left_empty`. */
  empty: z.boolean().default(false),
  /** Each network wider than /8 that the list covers by the change, typed by an owner: see `whitelist_too_wide`. */
  wide: z.array(z.string().max(40)).max(256).default([]),
})
const confirmation = listConfirmationSchema.default({ lockOut: false, empty: false, wide: [] })

const FINDING_CODES = [
  /** The same as `otherEntry`. */
  'duplicate',
  /** Lies inside `otherEntry`. */
  'contained',
  /** `otherEntries` lie inside it. */
  'overlapping',
  /** With its neighbours it makes `merged`. */
  'adjacent',
  /** Octorate, or whoever is not in the same network, never sees such an address; `reserved` says which kind it is. */
  'reserved',
  /** Wider than /8. */
  'wide',
  /** 0.0.0.0/0. */
  'everything',
] as const

/** One remark about a line. Lines are counted from one. */
export const findingSchema = z.object({
  code: z.enum(FINDING_CODES),
  /** Of `duplicate` and `contained`: the line that has it already. */
  otherLine: z.number().int().nullable(),
  /** Of `overlapping`: how many lines lie inside. */
  count: z.number().int().nullable(),
  /** Of `adjacent`: the one network that it becomes a part of. */
  merged: z.string().nullable(),
  /** Of `reserved`: `private`, `loopback` and the like, as lib/net/reserved-ranges.ts names them. */
  reserved: z.string().nullable(),
})
export type Finding = z.infer<typeof findingSchema>

export const listEntrySchema = z.object({
  id: z.uuid(),
  /** From one, without gaps: the number of the line. */
  line: z.number().int(),
  /** Canonical. */
  block: z.string(),
  addressCount: z.number().int(),
  comment: z.string(),
  /** Whom to ask about it, in words. */
  owner: z.string(),
  /** When it removes itself; null when it stays. */
  expiresAt: instant.nullable(),
  createdAt: instant,
  /** Null when they are no member any more, or no person added it. */
  createdBy: z.string().nullable(),
  reviewedAt: instant.nullable(),
  reviewedBy: z.string().nullable(),
  /** Neither added nor reviewed within REVIEW_DAYS. */
  isReviewDue: z.boolean(),
  /** Latest hour in which somebody came from it; null when nobody did, or nobody can know. */
  lastSeenAt: instant.nullable(),
  /** It is known who comes, and nobody came from it within REVIEW_DAYS. */
  isUnused: z.boolean(),
  findings: z.array(findingSchema),
})
export type ListEntry = z.infer<typeof listEntrySchema>

/** What the list covers, whatever it is written as. */
export const coverageSchema = z.object({
  addressCount: z.number().int(),
  /** Disjoint, ascending, neighbours joined: for a picture. Numbers from 0 to 4,294,967,295 and the same as text. */
  ranges: z.array(z.object({ first: z.number().int(), last: z.number().int(), firstAddress: z.string(), lastAddress: z.string() })),
  isEverything: z.boolean(),
})

/** The fewest networks that cover the same addresses; null when there is nothing to gain. */
export const mergeProposalSchema = z
  .object({
    /** Of the merged list, in the order of the old one. */
    blocks: z.array(z.string()),
    /** Networks that are made, and the lines that each one replaces. */
    merges: z.array(z.object({ block: z.string(), lines: z.array(z.number().int()) })),
  })
  .nullable()

export const addressListSchema = z.object({
  /** Grows with every change: sent back where a change must not meet another one. */
  revision: z.number().int(),
  entries: z.array(listEntrySchema),
  coverage: coverageSchema,
  mergeProposal: mergeProposalSchema,
  /** Of who asks, as the front found it; null when it could not be found. */
  yourAddress: z.string().nullable(),
  /** The line that your address belongs to; null when there is none. */
  yourLine: z.number().int().nullable(),
})

/** A life: one of the offered ones, or until an instant; null stays. */
const expiry = z.union([z.strictObject({ inHours: z.union([z.literal(6), z.literal(24), z.literal(168)]) }), z.strictObject({ at: instant })]).nullable()

export const addEntryInput = z.strictObject({
  block: cidrBlock,
  comment,
  /** Left out: the name of who adds it. */
  owner: plainText(120).optional(),
  expires: expiry.default(null),
  confirmation,
})

export const changeEntryInput = z.strictObject({
  block: cidrBlock.optional(),
  comment: comment.optional(),
  owner: plainText(120).optional(),
  /** Left out: stays as it is; null: it stays for good. */
  expires: expiry.optional(),
  confirmation,
})

export const removeEntriesInput = z.strictObject({ entryIds: z.array(z.uuid()).min(1).max(MOST_LIST_ENTRIES), confirmation })

/** All ids in their new order. */
export const orderInput = z.strictObject({ entryIds: z.array(z.uuid()).max(MOST_LIST_ENTRIES) })

/** Says that somebody looked at them and that they are still needed. */
export const reviewInput = z.strictObject({ entryIds: z.array(z.uuid()).min(1).max(MOST_LIST_ENTRIES) })

const IMPORT_SHAPE = {
  /** `text`: entries between new lines, commas or semicolons, `# comment` behind one. `csv`: block,comment,owner,expiresAt. */
  format: z.enum(['text', 'csv']),
  text: z.string().max(900_000),
  /** `add` leaves what is there; `replace` makes the list exactly this. */
  mode: z.enum(['add', 'replace']),
  /** Of entries that bring none. */
  comment,
  owner: plainText(120).optional(),
}
export const importPreviewInput = z.strictObject(IMPORT_SHAPE)

/** The same text that was previewed, against the revision that the preview was made of. */
export const importInput = z.strictObject({ ...IMPORT_SHAPE, revision: z.number().int(), confirmation })

/** Bytes of an import's body. */
export const IMPORT_BYTES = 1_000_000

export const importPreviewSchema = z.object({
  revision: z.number().int(),
  /** One for each entry of the text, in its order. */
  lines: z.array(
    z.object({
      /** Of the text, from one: several entries may stand in one line. */
      line: z.number().int(),
      text: z.string(),
      /** Canonical; null when it was not taken. */
      block: z.string().nullable(),
      comment: z.string().nullable(),
      /** Why it was not taken: a code of lib/net/parse-cidr-block.ts, or `comment`, `owner`, `expires`, `columns`. */
      code: z.string().nullable(),
      /** Of the first wrong character, from one; null when the whole is meant. */
      position: z.number().int().nullable(),
      sentence: z.string().nullable(),
      suggestions: z.array(z.string()),
      /** What happens to it: `wrong` ones forbid the import, `same` ones are there already. */
      outcome: z.enum(['added', 'same', 'duplicate', 'wrong']),
      findings: z.array(findingSchema),
    }),
  ),
  /** Against the list as it is. */
  diff: z.object({ added: z.array(z.string()), removed: z.array(z.string()), kept: z.array(z.string()) }),
  /** What the import would have to say in `confirmation`. */
  needs: z.object({ lockOut: z.array(z.string()), empty: z.boolean(), wide: z.array(z.string()) }),
  wrongCount: z.number().int(),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const exportQuery = z.strictObject({ format: z.enum(['text', 'csv', 'json']).default('text') })
export const exportSchema = z.object({ fileName: z.string(), type: z.string(), text: z.string() })

/** Replaces the list by its merge proposal; what is covered stays the same. */
export const mergeInput = z.strictObject({ revision: z.number().int() })

export const checkQuery = z.strictObject({ address: z.string().max(200) })
export const checkSchema = z.object({
  /** `unreadable`: no address by the strict rule; `ipv6`: no list has any. */
  verdict: z.enum(['listed', 'not_listed', 'ipv6', 'unreadable']),
  /** Canonical; null when it is unreadable. */
  address: z.string().nullable(),
  sentence: z.string().nullable(),
  /** The narrowest entry that it belongs to. */
  match: z.object({ line: z.number().int(), block: z.string(), comment: z.string() }).nullable(),
  /** The entry that comes nearest, and by how many addresses it misses. */
  nearest: z.object({ line: z.number().int(), block: z.string(), comment: z.string(), distance: z.number().int(), side: z.enum(['below', 'above']) }).nullable(),
})
export type AddressCheck = z.infer<typeof checkSchema>
