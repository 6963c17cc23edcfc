/** Whether a cell may be a key: long, without blanks, with a digit, and no property id. Such a one is never shown whole. */
export function mayBeKey(cell: string): boolean {
  return /^\S{8,}$/.test(cell) && /\d/.test(cell) && !/^\d{1,12}$/.test(cell)
}
