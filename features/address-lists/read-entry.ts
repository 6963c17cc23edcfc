import { cidrSentence } from '@/contracts/cidr-sentence'
import { parseCidrBlock, type CidrResult } from '@/lib/net/parse-cidr-block'

type Readable = Extract<CidrResult, { block: unknown }>

/** An entry as it is typed: what is wrong with it and what may have been meant, or what it is. */
export type TypedEntry =
  | { readonly ok: false; readonly sentence: string; readonly suggestions: readonly string[] }
  | { readonly ok: true; readonly block: string; readonly addressCount: number; readonly remark: Readable['code'] }

/** Reads what was typed by the one strict rule; blanks around it are a slip of the hand. */
export function readEntry(text: string): TypedEntry {
  const parsed = parseCidrBlock(text.trim())
  if ('block' in parsed) return { ok: true, block: parsed.canonical, addressCount: parsed.addressCount, remark: parsed.code }
  return { ok: false, sentence: cidrSentence({ code: parsed.code, position: parsed.position }), suggestions: 'suggestions' in parsed ? (parsed.suggestions ?? []) : [] }
}
