/** Without blanks of ASCII around it. A loop, because a pattern such as `[ \t]+$` takes quadratic time on a long run of them. */
export function trimBlanks(text: string, blanks = ' \t'): string {
  let start = 0
  let end = text.length
  while (start < end && blanks.includes(text.charAt(start))) start += 1
  while (end > start && blanks.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
