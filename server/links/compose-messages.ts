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

/** A message that holds the link, ready to be sent, in every language; the recipient's own first. */
export function composeMessages(link: LinkDetail, sent: Sent): MadeLink['messages'] {
  const languages = [link.language, ...HOTELIER_LANGUAGES.filter((language) => language !== link.language)]
  return languages.map((language) => compose(language, link, sent))
}

function compose(language: HotelierLanguage, link: LinkDetail, { url, organization }: Sent): MadeLink['messages'][number] {
  const t = hotelierTexts(language)
  const { connection, recipientName, reason, ticket, expiresAt } = link
  const property = connection ? { property: showInvisible(connection.name), id: connection.upstreamId } : null
  const facts = [reason && t('message.reason', { reason }), ticket && t('message.ticket', { ticket })].filter(Boolean)
  const paragraphs = [
    recipientName ? t('message.greeting', { name: recipientName }) : t('message.greetingNobody'),
    property ? t('message.ask', property) : t('message.askConnect'),
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    `${t('message.open')}\n${url}`,
    t('message.valid', { date: showInstant(language, expiresAt) }),
    `${t('message.end')}\n${t('message.sender', { organization })}`,
  ]
  const subject = property ? t('message.subject', { property: property.property, organization }) : t('message.subjectConnect', { organization })
  return { language, subject, text: paragraphs.join('\n\n') }
}
