/** Refusals after which the same flow can still be finished: nothing was consumed. */
const STILL_OPEN: readonly string[] = [
  'paste_not_an_address', 'paste_other_address', 'paste_without_code', 'callback_malformed', 'state_unknown', 'invalid_input',
  'too_many_attempts', 'unreachable',
]

/** Whether another address may be pasted after this refusal. */
export function mayPasteAgain(code: string): boolean {
  return STILL_OPEN.includes(code)
}
