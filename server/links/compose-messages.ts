import 'server-only'
import type { LinkDetail, MadeLink } from '@/contracts/links'
import { HOTELIER_LANGUAGES, type HotelierLanguage } from '@/lib/links/languages'
import { showInvisible } from '@/lib/text/show-invisible'
import { hotelierTexts } from '@/messages/hotelier-texts'
import { showInstant } from './show-instant'

interface Sent {
  readonly url: string
  readonly organization: string
}

/** What a message tells of its link. */
export interface MessageFacts extends Pick<LinkDetail, 'recipientName' | 'reason' | 'ticket'> {
  readonly connection: { readonly name: string; readonly upstreamId: string } | null
  readonly expiresAt: string | Date
  /** It is not Octorate that has ended what the hotelier allowed: a new consent is wanted all the same. */
  readonly isOurWish?: boolean
  readonly isReminder?: boolean
}

/** A message that holds the link, ready to be sent, in every language; the recipient's own first. */
export function composeMessages(link: LinkDetail & Pick<MessageFacts, 'isOurWish'>, sent: Sent): MadeLink['messages'] {
  const languages = [link.language, ...HOTELIER_LANGUAGES.filter((language) => language !== link.language)]
  return languages.map((language) => composeMessage(language, link, sent))
}

export function composeMessage(language: HotelierLanguage, facts: MessageFacts, { url, organization }: Sent): MadeLink['messages'][number] {
  const t = hotelierTexts(language)
  const { connection, recipientName, reason, ticket, expiresAt, isOurWish = false, isReminder = false } = facts
  const property = connection ? { property: showInvisible(connection.name), id: connection.upstreamId } : null
  const details = [reason && t('message.reason', { reason }), ticket && t('message.ticket', { ticket })].filter(Boolean)
  const paragraphs = [
    recipientName ? t('message.greeting', { name: recipientName }) : t('message.greetingNobody'),
    ...(isReminder ? [t('message.reminder')] : []),
    property ? t(isOurWish ? 'message.askAgain' : 'message.ask', property) : t('message.askConnect'),
    ...(details.length > 0 ? [details.join('\n')] : []),
    `${t('message.open')}\n${url}`,
    t('message.valid', { date: showInstant(language, expiresAt) }),
    `${t('message.end')}\n${t('message.sender', { organization })}`,
  ]
  const subject = property ? t('message.subject', { property: property.property, organization }) : t('message.subjectConnect', { organization })
  return { language, subject, text: paragraphs.join('\n\n') }
}
