interface Course {
  readonly createdAt: string
  /** When a line changed last. */
  readonly updatedAt: string
  readonly done: number
  readonly left: number
}

/** Lines a second since the start, and minutes until none is left at that pace; null while too little was seen to tell. */
export function paceOf({ createdAt, updatedAt, done, left }: Course): { readonly perSecond: number; readonly minutesLeft: number } | null {
  const seconds = (Date.parse(updatedAt) - Date.parse(createdAt)) / 1_000
  if (done === 0 || seconds < 2) return null
  const perSecond = done / seconds
  return { perSecond, minutesLeft: Math.round(left / perSecond / 60) }
}
