import { columnsOf, describeKeyFile, HEAD_CHARACTERS } from './describe-key-file'
import type { KeyFault } from './key-fault'
import { keyLineReader, type KeyFileLine } from './key-line-reader'

export type KeyText =
  | { readonly ok: true; readonly lines: readonly (KeyFileLine | KeyFault)[] }
  | { readonly ok: false; readonly fault: KeyFault }

/** Reads a whole text of old keys whose columns are known by their names or their places. */
export function readKeyText(text: string): KeyText {
  const { layout, fault } = describeKeyFile(text.slice(0, HEAD_CHARACTERS))
  const columns = layout && columnsOf(layout)
  if (fault || !layout || !columns) return { ok: false, fault: fault ?? { number: 1, column: 1, fault: 'empty_file' } }
  const reader = keyLineReader({ ...layout, columns })
  const lines = [...reader.push(text), ...reader.end()]
  const surplus = lines.find((line): line is KeyFault => 'fault' in line && line.fault === 'too_many_lines')
  if (surplus) return { ok: false, fault: surplus }
  if (lines.length === 0) return { ok: false, fault: { number: layout.first.number, column: 1, fault: 'empty_file' } }
  return { ok: true, lines }
}
