/** The delimiter that the first line with anything in it holds most often, outside quotes; a comma if none. */
export function delimiterOf(text: string): string {
  const [line = ''] = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).filter((each) => each.trim() !== '')
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const [best] = ['\t', ';', ','].toSorted((a, b) => bare.split(b).length - bare.split(a).length)
  return best ?? ','
}
