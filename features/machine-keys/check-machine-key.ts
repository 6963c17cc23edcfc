import { createMachineKeyInput, type createMachineKey } from '@/contracts/machine-keys'
import type { MachineScope } from '@/contracts/machine-scopes'
import type { Environment } from '@/contracts/api-clients'
import type { z } from '@/contracts/zod'
import { parseCidrBlock, type CidrResult } from '@/lib/net/parse-cidr-block'
import { endOfDay } from './end-of-day'

export const LIFETIMES = ['30', '90', '365', 'date', 'never'] as const
export type Lifetime = (typeof LIFETIMES)[number]

/** The form as it stands; `expiresOn` counts only when `lifetime` says `date`. */
export type MachineKeyValues = {
  name: string
  environment: Environment
  scopes: readonly MachineScope[]
  isPersonal: boolean
  properties: string
  addresses: string
  lifetime: Lifetime
  /** As a date field has it. */
  expiresOn: string
}

export type AddressMistake = {
  entry: string
  code: Extract<CidrResult, { verdict: 'confirm' | 'suggest' | 'refuse' }>['code']
  /** Of the first wrong character, counted from one; null when the whole is meant. */
  position: number | null
  suggestions: readonly string[]
}

export type MachineKeyMistakes = Readonly<{
  name?: true
  scopes?: true
  /** The number of the first entry that is no id, counted from one, or that there are too many. */
  properties?: number | 'tooMany'
  addresses?: readonly AddressMistake[] | 'tooMany'
  expiresOn?: true
}>

export const NO_MISTAKES: MachineKeyMistakes = {}

const DAY_MS = 24 * 60 * 60 * 1000
const TEN_YEARS_MS = 10 * 365 * DAY_MS
const [MOST_PROPERTIES, MOST_ADDRESSES] = [1_000, 100]

type Checked = { mistakes: MachineKeyMistakes; body: z.input<typeof createMachineKey.body> }

/** What the server would refuse, field by field; NO_MISTAKES itself when there is nothing, and then `body` is what to send. */
export function checkMachineKey(values: MachineKeyValues, nowMs: number): Checked {
  const [properties, addresses] = [entriesOf(values.properties), entriesOf(values.addresses)]
  const expiresAt = readExpiry(values, nowMs)
  const body = {
    name: values.name, environment: values.environment, scopes: [...values.scopes], isPersonal: values.isPersonal, properties, addresses,
    ...(expiresAt === undefined || expiresAt === 'wrong' ? {} : { expiresAt }),
  }
  const parsed = createMachineKeyInput.safeParse(body)
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path)
  const isWrong = (field: string) => wrong.some(([name]) => name === field)
  const mistakes: MachineKeyMistakes = {
    ...(isWrong('name') ? { name: true } : {}),
    ...(isWrong('scopes') ? { scopes: true } : {}),
    ...(isWrong('properties') ? { properties: mistakeOfProperties(properties, wrong) } : {}),
    ...(isWrong('addresses') ? { addresses: mistakesOfAddresses(addresses) } : {}),
    ...(expiresAt === 'wrong' ? { expiresOn: true } : {}),
  }
  return { mistakes: Object.keys(mistakes).length === 0 ? NO_MISTAKES : mistakes, body }
}

/** One entry a line, or between commas. */
function entriesOf(text: string): string[] {
  return text.split(/[\n,]/).map((entry) => entry.trim()).filter((entry) => entry !== '')
}

function readExpiry({ lifetime, expiresOn }: MachineKeyValues, nowMs: number): string | null | undefined | 'wrong' {
  if (lifetime === 'never') return null
  if (lifetime === '365') return undefined
  if (lifetime !== 'date') return new Date(nowMs + Number(lifetime) * DAY_MS).toISOString()
  return endOfDay(expiresOn, { nowMs, mostMs: TEN_YEARS_MS }) ?? 'wrong'
}

function mistakeOfProperties(entries: readonly string[], wrong: readonly (readonly PropertyKey[])[]): number | 'tooMany' {
  if (entries.length > MOST_PROPERTIES) return 'tooMany'
  const index = wrong.find(([name]) => name === 'properties')?.[1]
  return typeof index === 'number' ? index + 1 : 1
}

function mistakesOfAddresses(entries: readonly string[]): readonly AddressMistake[] | 'tooMany' {
  if (entries.length > MOST_ADDRESSES) return 'tooMany'
  return [...new Set(entries)].flatMap((entry) => {
    const parsed = parseCidrBlock(entry)
    if (parsed.verdict === 'accept' || parsed.verdict === 'warn') return []
    return [
      {
        entry,
        code: parsed.code,
        position: 'position' in parsed ? parsed.position + 1 : null,
        suggestions: 'suggestions' in parsed ? parsed.suggestions : [],
      },
    ]
  })
}
