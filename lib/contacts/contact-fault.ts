/** Every way in which a file of contacts, or a line of it, can be wrong. */
export const CONTACT_FAULTS = [
  // The file as a whole.
  'empty_file', 'spreadsheet_file', 'utf16', 'no_id_column', 'no_contact_column', 'duplicate_header', 'too_many_lines',
  // How a line is written.
  'line_too_long', 'unclosed_quote', 'text_after_quote', 'too_many_cells',
  // What no cell may hold.
  'nul', 'wrong_encoding', 'control_character', 'half_character', 'spreadsheet_error',
  // Whom it is about.
  'id_missing', 'id_rounded', 'unknown_property', 'unknown_connection', 'ids_differ', 'several_connections', 'duplicate_line',
  // What is known of them.
  'nothing_given', 'name_too_long', 'email_malformed', 'phone_malformed', 'language_unknown',
] as const
export type ContactFaultCode = (typeof CONTACT_FAULTS)[number]

/** Why a line can't be taken, and in which cell, counted from 1. */
export interface ContactFault {
  readonly number: number
  readonly column: number
  readonly fault: ContactFaultCode
  /** The earlier line, where there is one. */
  readonly of?: number
}
