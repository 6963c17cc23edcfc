import type { RedirectUriState } from '@/contracts/redirect-uris'
import type { NearMissDifference } from '@/lib/oauth/explain-near-miss'
import { applyChange, confirmationFor, findLookAlike, type Confirmation } from '@/lib/oauth/redirect-uri-list'
import { checkRedirectUri, type RedirectUriCode } from '@/lib/oauth/redirect-uri-rules'

export type LineMark = 'add' | 'keep' | 'foreign' | 'drop' | 'unread'

/** One address of the editor: where it stands, what becomes of it, and what is worth knowing. */
export interface UriLine {
  readonly uri: string
  readonly wanted: { readonly id: string; readonly note: string | null } | null
  readonly isLive: boolean
  readonly mark: LineMark
  readonly findings: readonly RedirectUriCode[]
  readonly lookAlike: { readonly uri: string; readonly difference: NearMissDifference } | null
  readonly isInUse: boolean
  readonly isOurs: boolean
  readonly connects: number
}

/** Every address, wanted or live, in the order of Octorate's list; what is only wanted comes last. */
export function toUriLines(state: RedirectUriState, dropped: readonly string[]): UriLine[] {
  const live = state.live?.uris ?? []
  const all = [...new Set([...live, ...state.wanted.map(({ uri }) => uri)])]
  return all.map((uri) => {
    const wanted = state.wanted.find((each) => each.uri === uri) ?? null
    const isLive = live.includes(uri)
    return {
      uri, wanted, isLive,
      mark: markOf({ isRead: state.live !== null, isWanted: wanted !== null, isLive, isDropped: dropped.includes(uri) }),
      findings: findingsOf(uri, state),
      lookAlike: findLookAlike(uri, all),
      isInUse: uri === state.inUse,
      isOurs: uri === state.callbackUri,
      connects: state.recentConnects.find((each) => each.uri === uri)?.count ?? 0,
    }
  })
}

/** Our own callback may be on this machine: it answers there. */
function findingsOf(uri: string, { allowLoopbackHttp, callbackUri }: RedirectUriState): RedirectUriCode[] {
  return checkRedirectUri(uri, { allowLoopbackHttp })
    .map(({ code }) => code)
    .filter((code) => code !== 'loopback' || uri !== callbackUri)
}

function markOf(line: { isRead: boolean; isWanted: boolean; isLive: boolean; isDropped: boolean }): LineMark {
  if (!line.isRead) return 'unread'
  if (line.isLive && line.isDropped) return 'drop'
  if (!line.isLive) return 'add'
  return line.isWanted ? 'keep' : 'foreign'
}

/** What the write button would do. */
export interface PlannedWrite {
  readonly add: string[]
  readonly remove: string[]
  readonly before: number
  readonly after: readonly string[]
  readonly confirmation: Confirmation
  readonly removesInUse: boolean
}

/** Null while Octorate's list was never read, or nothing would change. */
export function planWrite(state: RedirectUriState, lines: readonly UriLine[]): PlannedWrite | null {
  if (state.live === null) return null
  const add = lines.filter(({ mark }) => mark === 'add').map(({ uri }) => uri)
  const remove = lines.filter(({ mark }) => mark === 'drop').map(({ uri }) => uri)
  if (add.length + remove.length === 0) return null
  const change = { add, remove }
  return {
    ...change,
    before: state.live.uris.length,
    after: applyChange(state.live.uris, change),
    confirmation: confirmationFor(state.live.uris, change),
    removesInUse: remove.includes(state.inUse),
  }
}
