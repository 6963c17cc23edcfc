import { loggableId } from '@/lib/loggable-id'

/** A path as the log may have it. */
export function loggedPath(path: string): string {
  return path.split('/').map(loggableId).join('/')
}
