import { ControlRefusal } from './control-refusal'
import type { ActiveFault, FaultRule } from './fault-rules'
import type { World } from '../models/world'

export type FaultControl = {
  add(rule: FaultRule): ActiveFault
  list(): ActiveFault[]
  remove(id: number): void
  clear(): void
}

/** Names that a fault rule can aim at; `*` means every one. */
export const faultTargets = [
  '*',
  'consent',
  'consent:submit',
  'identity/token',
  'identity/refresh',
  'identity/apilogin',
  'api/configuration',
  'api/configuration:write',
  'accommodation',
  'accommodation/{id}',
  'user/info',
] as const

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
  if (!faultTargets.some((each) => each === rule.endpoint)) return `endpoint: expected one of ${faultTargets.join(', ')}`
  if (!kinds.has(rule.kind)) return `kind: expected one of ${[...kinds].join(', ')}`
  for (const name of ['count', 'skip', 'delayMs', 'delayAfterMs'] as const) {
    const value = rule[name]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) return `${name}: expected a whole number, 0 or more`
  }
  if (rule.kind === 'status' && !(rule.status >= 200 && rule.status <= 599)) return 'status: expected 200 to 599'
  if (rule.kind === 'redirect' && typeof rule.location !== 'string') return 'location: expected a URL'
  return undefined
}
