import { changeAlertSettings, type AlertSettings } from '@/contracts/alerts'
import type { AlertType } from '@/contracts/events'
import type { Role } from '@/contracts/permissions'
import { z } from '@/contracts/zod'

/** The form as it is filled in. */
export interface AlertValues {
  readonly muted: readonly AlertType[]
  readonly roles: readonly Role[]
  readonly addresses: string
  readonly isQuiet: boolean
  /** `22:00` */
  readonly from: string
  readonly to: string
  readonly timeZone: string
}

export interface AlertMistakes {
  /** Line of the first address that is none. */
  readonly address?: number
  readonly tooMany?: true
  readonly timeZone?: true
}

const NIGHT = { from: '22:00', to: '07:00' }
const MOST_ADDRESSES = 20

export function toAlertValues({ muted, roles, addresses, quiet, timeZone }: AlertSettings, ownZone: string): AlertValues {
  return {
    muted, roles, addresses: addresses.join('\n'), isQuiet: quiet !== null,
    from: quiet ? toClock(quiet.from) : NIGHT.from,
    to: quiet ? toClock(quiet.to) : NIGHT.to,
    timeZone: quiet === null && timeZone === 'UTC' ? ownZone : timeZone,
  }
}

/** What is to be sent, or what is wrong with the form. */
export function checkAlertSettings(values: AlertValues): { body: z.input<typeof changeAlertSettings.body> } | { mistakes: AlertMistakes } {
  const { muted, roles, isQuiet, from, to, timeZone } = values
  const lines = values.addresses.split('\n').map((line) => line.trim())
  const wrong = lines.findIndex((line) => line !== '' && !z.email().safeParse(line).success)
  const addresses = lines.filter((line) => line !== '')
  const zone = changeAlertSettings.body.shape.timeZone.safeParse(timeZone.trim())
  if (wrong >= 0 || addresses.length > MOST_ADDRESSES || !zone.success) {
    return {
      mistakes: {
        ...(wrong >= 0 && { address: wrong + 1 }), ...(addresses.length > MOST_ADDRESSES && { tooMany: true as const }),
        ...(!zone.success && { timeZone: true as const }),
      },
    }
  }
  const quiet = isQuiet ? { from: toMinutes(from), to: toMinutes(to) } : null
  return { body: { muted: [...muted], roles: [...roles], addresses, quiet, timeZone: zone.data } }
}

function toClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function toMinutes(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
