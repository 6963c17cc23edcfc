import { faultOfText } from '../key-migrations/fault-of-text'
import { HOTELIER_LANGUAGES, type HotelierLanguage } from '../links/languages'
import type { CellRow } from '../text/cell-reader'
import { delimiterOf } from '../text/delimiter-of'
import { readCells } from '../text/read-cells'
import type { ContactFault, ContactFaultCode } from './contact-fault'

/** More lines are brought in several files. */
export const MOST_CONTACT_LINES = 5_000
const LONGEST_NAME = 120
const LONGEST_MAIL = 254

export const CONTACT_COLUMNS = ['propertyId', 'connectionId', 'name', 'email', 'phone', 'language'] as const
export type ContactColumn = (typeof CONTACT_COLUMNS)[number]

/** What is known of somebody; what is left out stays as it is. */
export interface GivenContact {
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly language?: HotelierLanguage
}

export interface ContactFileLine {
  /** Line of the file, counted from 1. */
  readonly number: number
  readonly propertyId: string | null
  readonly connectionId: string | null
  readonly given: GivenContact
  /** Where each column stands, counted from 1. */
  readonly columns: Columns
}

type Columns = { readonly [C in ContactColumn]?: number }

export interface ReadContacts {
  /** What is wrong with the file as a whole; then there are no lines. */
  readonly fault: ContactFaultCode | null
  readonly lines: readonly (ContactFileLine | ContactFault)[]
}

const NAMES: Readonly<Record<ContactColumn, readonly string[]>> = {
  propertyId: ['propertyid', 'id', 'accommodationid', 'hotelid', 'octorateid', 'octoratepropertyid', 'property', 'accommodation', 'hotel', 'idstruttura', 'idhotel', 'struttura'],
  connectionId: ['connectionid', 'connection', 'keyrackid'],
  name: ['name', 'contact', 'contactname', 'recipient', 'nome', 'nombre', 'nom'],
  email: ['email', 'mail', 'emailaddress', 'mailaddress', 'correo', 'courriel', 'contactemail'],
  phone: ['phone', 'phonenumber', 'telephone', 'tel', 'telefono', 'telefon', 'mobile', 'contactphone'],
  language: ['language', 'lang', 'lingua', 'idioma', 'sprache', 'langue', 'contactlanguage'],
}

/**
 * Reads a table of contacts with a heading that names its columns: a property's or a connection's id, and at least one of name,
 * mail address, phone and language. Nothing is guessed about what is wrong: each such line says why and in which cell.
 */
export function readContactText(text: string): ReadContacts {
  const whole = faultOfFile(text)
  if (whole) return { fault: whole, lines: [] }
  const [heading, ...rows] = readCells(text, delimiterOf(text))
  if (!heading || rows.length === 0) return { fault: 'empty_file', lines: [] }
  const named = heading.cells.map(columnNamed)
  const known = named.filter((column) => column !== null)
  if (new Set(known).size < known.length) return { fault: 'duplicate_header', lines: [] }
  if (!known.includes('propertyId') && !known.includes('connectionId')) return { fault: 'no_id_column', lines: [] }
  if (!known.some((column) => column !== 'propertyId' && column !== 'connectionId')) return { fault: 'no_contact_column', lines: [] }
  if (rows.length > MOST_CONTACT_LINES) return { fault: 'too_many_lines', lines: [] }
  const columns: Columns = Object.fromEntries(named.flatMap((column, index) => (column ? [[column, index + 1]] : [])))
  return { fault: null, lines: rows.map((row) => readLine(row, { columns, width: heading.cells.length })) }
}

function faultOfFile(text: string): ContactFaultCode | null {
  if (text.trim() === '') return 'empty_file'
  if (text.startsWith('PK\u0003\u0004')) return 'spreadsheet_file'
  // What UTF-16 looks like when it is read as UTF-8: its mark can't be, and every other character is NUL.
  return /^(\uFFFD\uFFFD|\uFFFE)|^.\0.\0|^\0.\0./s.test(text) ? 'utf16' : null
}

function columnNamed(cell: string): ContactColumn | null {
  const spelled = cell.toLowerCase().normalize('NFD').replaceAll(/[^a-z0-9]/g, '')
  return CONTACT_COLUMNS.find((column) => NAMES[column].includes(spelled)) ?? null
}

interface Table {
  readonly columns: Columns
  readonly width: number
}

function readLine({ number, cells, fault }: CellRow, { columns, width }: Table): ContactFileLine | ContactFault {
  const wrong = (column: number, code: ContactFaultCode): ContactFault => ({ number, column, fault: code })
  if (fault) return wrong(fault.cell + 1, fault.kind)
  const surplus = cells.findIndex((cell, index) => index >= width && cell.trim() !== '')
  if (surplus >= 0) return wrong(surplus + 1, 'too_many_cells')
  const valueOf = (column: ContactColumn) => (columns[column] === undefined ? '' : (cells[columns[column] - 1] ?? '').trim())
  for (const column of CONTACT_COLUMNS) {
    const code = faultOf(column, valueOf(column))
    if (code) return wrong(columns[column] ?? 1, code)
  }
  const [propertyId, connectionId] = [valueOf('propertyId'), valueOf('connectionId')]
  if (propertyId === '' && connectionId === '') return wrong(columns.propertyId ?? columns.connectionId ?? 1, 'id_missing')
  const [name, email, phone, language] = [valueOf('name'), valueOf('email'), valueOf('phone'), languageOf(valueOf('language'))]
  const given = { ...(name && { name }), ...(email && { email }), ...(phone && { phone }), ...(language && { language }) }
  if (Object.keys(given).length === 0) return wrong(columns.email ?? columns.name ?? columns.phone ?? columns.language ?? 1, 'nothing_given')
  return { number, propertyId: propertyId || null, connectionId: connectionId.toLowerCase() || null, given, columns }
}

function faultOf(column: ContactColumn, value: string): ContactFaultCode | null {
  if (value === '') return null
  const common = faultOfText(value)
  if (common) return common.fault as ContactFaultCode
  switch (column) {
    case 'propertyId':
      // What a spreadsheet makes of a long number: the last digits are gone.
      if (/^\d([.,]\d+)?E[+-]?\d+$/i.test(value)) return 'id_rounded'
      return /^[\x21-\x7e]{1,100}$/.test(value) ? null : 'unknown_property'
    case 'connectionId':
      return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value) ? null : 'unknown_connection'
    case 'name':
      return value.length > LONGEST_NAME ? 'name_too_long' : null
    case 'email':
      return value.length <= LONGEST_MAIL && /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+\.[^\s@<>"(),;:\\[\]]{2,}$/.test(value) ? null : 'email_malformed'
    case 'phone':
      return /^\+?[0-9 ()/.-]{4,40}$/.test(value) ? null : 'phone_malformed'
    case 'language':
      return languageOf(value) ? null : 'language_unknown'
  }
}

/** `it`, `IT`, `it-IT`, `it_IT`. */
function languageOf(value: string): HotelierLanguage | null {
  const short = /^([a-z]{2})([-_][a-z]{2})?$/i.exec(value)?.[1]?.toLowerCase()
  return HOTELIER_LANGUAGES.find((language) => language === short) ?? null
}
