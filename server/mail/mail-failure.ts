/** What a failed try says: whether another makes sense, and a code without a word of the mail server's. */
export interface MailFailure {
  readonly isForGood: boolean
  readonly code: string
}

/**
 * Reads an error of the SMTP client. For good is only what the server says about the recipient or the mail itself with a
 * number from 550 on; a refused log-in or sender is our configuration, which somebody may mend.
 */
export function readMailFailure(error: unknown): MailFailure {
  const { responseCode, response, command, code } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const number = typeof responseCode === 'number' ? responseCode : null
  if (number === null) return { isForGood: false, code: typeof code === 'string' && /^[A-Z_]{3,30}$/.test(code) ? code : 'unknown' }
  const enhanced = typeof response === 'string' ? /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] : undefined
  const isAboutMail = command === 'RCPT TO' || command === 'DATA'
  return { isForGood: isAboutMail && number >= 550 && number < 560, code: [number, enhanced].filter(Boolean).join(' ') }
}
