const [KB, MB] = [1_000, 1_000_000]

/** How large a file is, as file managers say it. */
export function sizeOf(bytes: number): string {
  if (bytes < KB) return `${bytes} B`
  return bytes < MB ? `${Math.round(bytes / KB)} KB` : `${(bytes / MB).toFixed(1)} MB`
}
