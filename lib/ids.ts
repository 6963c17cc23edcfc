const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether the text is a UUID (RFC 9562) in its canonical lower case: one id has one spelling. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text)
}
