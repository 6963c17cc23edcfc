import { showInvisible } from '@/lib/text/show-invisible'
import type { Secret } from '@/server/crypto/secret'

const MASK = '••••'
const CERTAINLY_TOKEN = 40
const RAREST_CASE_OF_CHANCE = 0.3
const RUN = /[A-Za-z0-9_\-.~+=%]{16,}/g
const PLAIN_URL = /^https?:\/\/[^\s?#@]+$/
const SHORTEST_KNOWN = 6
const SHOWN_AT_END = 4
const LONG_ENOUGH_FOR_END = 12

/**
 * Makes a text that somebody else wrote fit to be shown: known secrets and whatever looks like a token (a run of 16 and
 * more characters with a digit and a letter, or with nearly as many capitals as small letters, or of 40 of any) become
 * `••••`, invisible characters are named, and the rest is cut. A plain address without a query is left readable.
 */
export function maskText(text: string, { secrets = [], maxCharacters = 256 }: MaskOptions = {}): string {
  const withoutKnown = secrets.flatMap(spellings).reduce((shown, spelling) => shown.replaceAll(spelling, MASK), text)
  const isPlainUrl = withoutKnown === text && PLAIN_URL.test(text)
  return showInvisible(isPlainUrl ? text : withoutKnown.replace(RUN, maskRun), maxCharacters)
}

export interface MaskOptions {
  readonly secrets?: readonly Secret[]
  readonly maxCharacters?: number
}

/** A secret as people recognise it: its last four characters, or nothing of a short one. */
export function maskSecret(value: string): string {
  return value.length < LONG_ENOUGH_FOR_END ? MASK : MASK + value.slice(-SHOWN_AT_END)
}

function maskRun(run: string): string {
  return run.length >= CERTAINLY_TOKEN || (/\d/.test(run) && /[A-Za-z]/.test(run)) || isMixedLikeChance(run) ? MASK : run
}

/** Capitals and small letters in nearly equal numbers: a token without a digit, and no word that a person wrote. */
function isMixedLikeChance(run: string): boolean {
  const [capitals, small] = [/[A-Z]/g, /[a-z]/g].map((letters) => run.match(letters)?.length ?? 0) as [number, number]
  return Math.min(capitals, small) / (capitals + small) > RAREST_CASE_OF_CHANCE
}

/** Asked for again with each text of an answer. */
const spelled = new WeakMap<Secret, readonly string[]>()

/** How somebody may write it; nothing of one that is so short that words would be taken for it. */
function spellings(secret: Secret): readonly string[] {
  const known = spelled.get(secret)
  if (known) return known
  const value = secret.reveal()
  const made =
    value.length < SHORTEST_KNOWN ? [] : [...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64')])]
  spelled.set(secret, made)
  return made
}
