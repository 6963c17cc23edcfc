import type { AddressCheck } from '@/contracts/address-lists'
import { cidrSentence } from '@/contracts/cidr-sentence'
import texts from '@/contracts/cidr-texts.en.json'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { parseIpAddress } from '@/lib/net/parse-ip-address'
import { blocksOf } from './entry-draft'
import type { HeldList } from './read-list'

const NOTHING = { address: null, sentence: null, match: null, nearest: null } as const

/** Whether an address belongs to a list, by which entry, and by how much it misses otherwise. */
export function checkAddress(list: Pick<HeldList, 'entries'> | null, text: string): AddressCheck {
  const parsed = parseIpAddress(text)
  if (!parsed.ok) return { ...NOTHING, verdict: 'unreadable', sentence: cidrSentence(parsed) }
  const { address } = parsed
  if (address.version === 6) return { ...NOTHING, verdict: 'ipv6', address: address.canonical, sentence: texts.ipv6 }
  const entries = list?.entries ?? []
  const { find, nearest } = makeAddressMatcher(blocksOf(entries))
  const named = (place: number) => {
    const [entry] = entries.slice(place, place + 1)
    return entry ? { line: place + 1, block: entry.block, comment: entry.comment } : null
  }
  const place = find(address.value)
  if (place >= 0) return { ...NOTHING, verdict: 'listed', address: address.canonical, match: named(place) }
  const miss = nearest(address.value)
  const entry = miss && named(miss.place)
  return { ...NOTHING, verdict: 'not_listed', address: address.canonical, nearest: entry && { ...entry, distance: miss.distance, side: miss.side } }
}
