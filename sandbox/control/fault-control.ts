import { ControlRefusal } from './control-refusal'
import { allEndpoints } from '../endpoints/all-endpoints'
import type { ActiveFault, FaultRule } from './fault-rules'
import { oddDates } from '../http/odd-dates'
import type { World } from '../models/world'

export type FaultControl = {
  add(rule: FaultRule): ActiveFault
  list(): ActiveFault[]
  remove(id: number): void
  clear(): void
}

/** Names that a fault rule can aim at; `*` means every one. */
export const faultTargets: readonly string[] = ['*', ...allEndpoints.map(({ name }) => name)]

const kinds = new Set([
  'delay',
  'no-answer',
  'reset',
  'status',
  'redirect',
  'truncate',
  'huge',
  'slow-body',
  'override',
  'odd-date',
  'duplicate-keys',
  'quota',
  'login-expired',
  'wrong-environment',
  'role-missing',
])

export function createFaultControl({ faults }: World): FaultControl {
  return {
    add(rule) {
      const fault = ruleFault(rule)
      if (fault) throw new ControlRefusal(400, fault)
      return faults.add(rule)
    },
    list: () => faults.list(),
    remove(id) {
      if (!faults.remove(id)) throw new ControlRefusal(404, `There is no fault rule ${id}`)
    },
    clear: () => faults.clear(),
  }
}

function ruleFault(rule: FaultRule): string | undefined {
  if (!faultTargets.includes(rule.endpoint)) return `endpoint: expected one of ${faultTargets.join(', ')}`
  if (!kinds.has(rule.kind)) return `kind: expected one of ${[...kinds].join(', ')}`
  for (const name of ['count', 'skip', 'delayMs', 'delayAfterMs'] as const) {
    const value = rule[name]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) return `${name}: expected a whole number, 0 or more`
  }
  if ('when' in rule && rule.when !== 'before' && rule.when !== 'after') return 'when: expected before or after'
  if (rule.kind === 'status' && !(rule.status >= 200 && rule.status <= 599)) return 'status: expected 200 to 599'
  if (rule.kind === 'odd-date' && rule.form !== undefined && !Object.hasOwn(oddDates, rule.form)) return `form: expected one of ${Object.keys(oddDates).join(', ')}`
  if (rule.kind === 'redirect' && typeof rule.location !== 'string') return 'location: expected a URL'
  return undefined
}
