/** Every way in which a file of old keys, or a line of it, can be wrong. */
export const KEY_FAULTS = [
  // The file as a whole.
  'empty_file', 'spreadsheet_file', 'utf16', 'no_key_column', 'two_key_columns', 'no_property_column', 'duplicate_header', 'too_many_lines',
  // How a line is written.
  'line_too_long', 'unclosed_quote', 'text_after_quote', 'too_many_cells', 'too_few_cells', 'header_again', 'html', 'json',
  // What no cell may hold.
  'nul', 'wrong_encoding', 'control_character', 'half_character', 'invisible_character', 'formula', 'spreadsheet_error',
  // The key.
  'key_missing', 'key_placeholder', 'key_masked', 'key_url', 'key_with_prefix', 'key_in_quotes', 'key_smart_quotes', 'key_inner_space',
  'key_not_ascii', 'key_is_machine_key', 'key_is_refresh_token', 'key_is_client_secret', 'key_is_access_token', 'key_too_short', 'key_too_long',
  'columns_swapped',
  // The property id.
  'property_missing', 'property_exponent', 'property_negative', 'property_thousands', 'property_decimal', 'property_leading_zeros',
  'property_not_number', 'property_too_long',
  'name_too_long',
  // Against earlier lines.
  'duplicate_line', 'duplicate_property', 'duplicate_key',
] as const
export type KeyFaultCode = (typeof KEY_FAULTS)[number]

/** Why a line can't be migrated, and in which cell. It never holds the key. */
export interface KeyFault {
  /** Line of the file, counted from 1. */
  readonly number: number
  /** Cell of the line, counted from 1. */
  readonly column: number
  readonly fault: KeyFaultCode
  /** The earlier line, where there is one. */
  readonly of?: number
  /** The character that can't be, as `U+200B`. */
  readonly character?: string
}

/** What is wrong with one cell, before it is known where the cell stands. */
export type CellFault = Pick<KeyFault, 'fault' | 'character'>

export type DuplicateFaultCode = Extract<KeyFaultCode, `duplicate_${'line' | 'property' | 'key'}`>

/** A line that is good by itself, but comes after another one for the same key or property. */
export function isDuplicate(fault: KeyFaultCode): fault is DuplicateFaultCode {
  return fault === 'duplicate_line' || fault === 'duplicate_property' || fault === 'duplicate_key'
}
