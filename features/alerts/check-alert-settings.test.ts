import { describe, expect, test } from 'vitest'
import { checkAlertSettings, toAlertValues } from './check-alert-settings'

const settings = { muted: [], roles: ['owner' as const], addresses: ['ops@example.com'], quiet: { from: 1_350, to: 425 }, timeZone: 'Europe/Rome' }

describe('the form of alerts', () => {
  test('gives back what it was filled with', () => {
    expect(checkAlertSettings(toAlertValues(settings, 'UTC'))).toEqual({ body: settings })
  })

  test('names the line that is no address, and a zone that is none', () => {
    const values = { ...toAlertValues(settings, 'UTC'), addresses: 'ops@example.com\n\nnobody', timeZone: 'Rome' }
    expect(checkAlertSettings(values)).toEqual({ mistakes: { address: 3, timeZone: true } })
  })

  test('offers the zone of whoever looks while nobody has chosen one', () => {
    expect(toAlertValues({ ...settings, quiet: null, timeZone: 'UTC' }, 'Europe/Madrid').timeZone).toBe('Europe/Madrid')
    expect(toAlertValues({ ...settings, timeZone: 'UTC' }, 'Europe/Madrid').timeZone).toBe('UTC')
  })
})
