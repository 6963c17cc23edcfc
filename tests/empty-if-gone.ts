/** For a file that is read while a process works on its folder: what was in one that is gone is not on the disk any more. */
export function emptyIfGone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
