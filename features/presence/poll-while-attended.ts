import { presence } from './presence'

/** An interval of a query that stops some minutes after the last touch of the page; a touch takes it up again. */
export function pollWhileAttended(everyMs: number): () => number | false {
  return () => (presence.mayPoll() ? everyMs : false)
}
