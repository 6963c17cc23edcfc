/** What one list of texts has more and less than another one. */
export function differenceOf(from: readonly string[], to: readonly string[]): { added: string[]; removed: string[] } {
  const [had, has] = [new Set(from), new Set(to)]
  return { added: to.filter((text) => !had.has(text)), removed: from.filter((text) => !has.has(text)) }
}
