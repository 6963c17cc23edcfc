import { useTranslations } from 'use-intl'

/** Which of the two lists: what Octorate should let in, or what we let in. */
export type ListKind = 'whitelist' | 'restriction'

/** Gives the sentence about an address of a reserved kind: Octorate is far away, and a caller of ours may be near. */
export function useReservedText(list: ListKind): (kind: string | null) => string {
  const far = useTranslations('addressLists.reserved')
  const near = useTranslations('addressLists.reservedHere')
  return (kind) => {
    const isNear = list === 'restriction' ? NEAR.find((each) => each === kind) : undefined
    return isNear === undefined ? far(KINDS.find((each) => each === kind) ?? 'private') : near(isNear)
  }
}

const NEAR = ['private', 'cgnat', 'loopback', 'link_local'] as const
const KINDS = [
  ...NEAR, 'this_network', 'protocol_assignments', 'reserved_doc', 'relay_anycast', 'benchmarking', 'multicast', 'broadcast', 'future_use',
] as const
