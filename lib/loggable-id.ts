/** A UUID has 36 characters, and Octorate's ids and types fewer. */
const LONGEST = 36

/** Text from outside as a log or the audit log may have it: what is too long for an id may be a key or a token that went astray. */
export function loggableId(text: string): string {
  return text.length > LONGEST ? '…' : text
}
