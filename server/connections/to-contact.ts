import type { Contact } from '@/contracts/contacts'
import { parseLanguage } from '@/lib/links/languages'
import type { Connection } from '../generated/prisma/client'

type Row = Pick<Connection, 'contactName' | 'contactEmail' | 'contactLanguage' | 'contactPhone'>

export function toContact({ contactName, contactEmail, contactLanguage, contactPhone }: Row): Contact {
  return { name: contactName, email: contactEmail, language: parseLanguage(contactLanguage), phone: contactPhone }
}
