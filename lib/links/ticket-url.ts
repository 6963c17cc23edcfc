export const TICKET_PLACE = '{ticket}'

/** Whether it is an https address that says where the ticket's number goes, and in no other place than path, query or fragment. */
export function isTicketUrl(template: string): boolean {
  if (template.split(TICKET_PLACE).length !== 2 || /\s/.test(template)) return false
  const filled = template.replace(TICKET_PLACE, 'T1')
  if (!URL.canParse(filled)) return false
  const { protocol, username, password, origin } = new URL(filled)
  return protocol === 'https:' && username === '' && password === '' && filled.startsWith(`${origin}/`) && !origin.includes('t1')
}

/** The ticket's address, or null without a template or a ticket. */
export function ticketUrl(template: string | null, ticket: string | null): string | null {
  return template === null || ticket === null ? null : template.replace(TICKET_PLACE, () => encodeURIComponent(ticket))
}
