import type { LinkSummary } from '@/contracts/links'

/** A ticket's number, and where it leads in the support desk's own tool. */
export function TicketLink({ ticket, ticketUrl }: Pick<LinkSummary, 'ticket' | 'ticketUrl'>) {
  if (ticket === null) return <span className="text-muted">–</span>
  if (ticketUrl === null) return <span className="wrap-anywhere">{ticket}</span>
  return (
    <a href={ticketUrl} target="_blank" rel="noreferrer" className="wrap-anywhere text-accent-text underline decoration-accent-line underline-offset-4">
      {ticket}
    </a>
  )
}
