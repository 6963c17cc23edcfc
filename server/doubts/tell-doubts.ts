import type { AnsweredDoubt, Sighting } from './read-doubts'

/** The lines of `keyrack doubts`. */
export function tellDoubts(doubts: readonly AnsweredDoubt[], { ofSandbox }: { ofSandbox: boolean }): string[] {
  const whose = ofSandbox ? 'the sandbox' : 'Octorate'
  return [
    `What nobody knows about Octorate, and what the calls of this installation to ${whose} have shown.`,
    'docs/doubts.md says what Keyrack assumes, and how it holds either way.',
    ...doubts.flatMap((doubt) => ['', doubt.question, ...sightingsOf(doubt), `    sandbox: ${doubt.switches.join(', ')}`]),
    '',
    summarise(doubts),
  ]
}

/** One sentence on all of them. */
export function summarise(doubts: readonly AnsweredDoubt[]): string {
  const shown = doubts.filter(({ sightings }) => sightings.length > 0)
  const otherwise = shown.filter(({ sightings }) => sightings.some(({ isAssumed }) => !isAssumed))
  const howMany = otherwise.length === 0 ? 'none otherwise than assumed' : `${otherwise.length} otherwise than assumed`
  return `${shown.length} of ${doubts.length} doubts show in this installation's own traffic, ${howMany}.`
}

function sightingsOf({ sightings, evidence }: AnsweredDoubt): string[] {
  if (evidence === null) return ['    no call of ours shows it']
  if (sightings.length === 0) return ['    never seen']
  return sightings.map(toLine)
}

function toLine({ seen, times, last, isAssumed }: Sighting): string {
  const count = times === 1 ? 'once' : `${times} times`
  return `    ${seen}: ${count}, last on ${last.toISOString().slice(0, 10)}${isAssumed ? '' : '   (not as assumed)'}`
}
