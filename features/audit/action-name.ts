import type { AuditAction } from '@/contracts/audit-actions'

/** An action in words: `api_client.secret_rotated` is "API client: secret rotated". */
export function actionName(action: AuditAction): string {
  const [noun = '', verb = ''] = action.split('.')
  return `${words(noun)}: ${words(verb, false)}`
}

/** A column's or a fact's name in words: `rotateBy` and `rotate_by` are "Rotate by". */
export function factName(name: string): string {
  return words(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase())
}

function words(text: string, isFirst = true): string {
  const spaced = text.replaceAll('_', ' ').replace(/\b(api|uri|ip|id)\b/g, (word) => word.toUpperCase())
  return isFirst ? spaced.charAt(0).toUpperCase() + spaced.slice(1) : spaced
}
