import type { FaultEffect } from '../control/fault-rules'

export type FaultPreset = { readonly label: string; readonly effect: FaultEffect }

const page = (status: number, title: string): FaultEffect => ({
  kind: 'status',
  status,
  contentType: 'text/html',
  body: `<html><body><h1>${title}</h1></body></html>`,
})

const presets: Readonly<Record<string, FaultPreset>> = {
  'status-503': { label: '503, an HTML page', effect: page(503, 'Service Unavailable') },
  'status-502': { label: '502, an HTML page', effect: page(502, 'Bad Gateway') },
  'status-500': { label: '500, an HTML page', effect: page(500, 'Internal Server Error') },
  'status-550': {
    label: '550 ApiPartnerServerError',
    effect: {
      kind: 'status',
      status: 550,
      contentType: 'application/json',
      body: '{"message":"Partner server error","type":"ApiPartnerServerError","nested":[]}',
    },
  },
  quota: { label: '403 quota used up', effect: { kind: 'quota' } },
  'login-expired': { label: '403 ApiLoginExpired', effect: { kind: 'login-expired' } },
  'wrong-environment': { label: '403 WrongEnviroment', effect: { kind: 'wrong-environment' } },
  'role-missing': { label: '403 “Caller not in requested role”, plain text', effect: { kind: 'role-missing' } },
  'no-answer': { label: 'No answer, and no effect', effect: { kind: 'no-answer', when: 'before' } },
  'answer-lost': { label: 'Takes effect, answer lost', effect: { kind: 'no-answer', when: 'after' } },
  reset: { label: 'Connection reset', effect: { kind: 'reset' } },
  'reset-after': { label: 'Takes effect, then connection reset', effect: { kind: 'reset', when: 'after' } },
  delay: { label: 'Only the delay', effect: { kind: 'delay' } },
  'slow-body': { label: 'One byte a second', effect: { kind: 'slow-body' } },
  truncate: { label: 'Body breaks off', effect: { kind: 'truncate' } },
  huge: { label: 'Body of 16 MB', effect: { kind: 'huge' } },
  'wrong-content-type': { label: 'Right body, called text/html', effect: { kind: 'override', contentType: 'text/html' } },
  'duplicate-keys': {
    label: 'JSON with duplicate keys',
    effect: { kind: 'override', raw: '{"access_token":"sbx_first","access_token":"sbx_second","expireDate":"2030-01-01T00:00:00Z[UTC]"}' },
  },
  'odd-date': { label: 'A date that cannot be (30 February)', effect: { kind: 'override', merge: { expireDate: '2026-02-30T25:61:00Z[Nowhere]' } } },
  redirect: { label: 'Redirect to another host', effect: { kind: 'redirect', location: 'https://elsewhere.example/' } },
}

/** What can go wrong, by name. The control API can do more; these are what integrations meet. */
export const faultPresets: ReadonlyMap<string, FaultPreset> = new Map(Object.entries(presets))

/** Those that say most come first, because a reset after the effect is a reset too. */
const bySpecificity = Object.values(presets).toSorted((one, other) => Object.keys(other.effect).length - Object.keys(one.effect).length)

/** The preset that a rule was made from, or what it says of itself. */
export function faultLabel(rule: FaultEffect): string {
  const preset = bySpecificity.find(({ effect }) => contains(rule, effect))
  return preset?.label ?? (rule.kind === 'status' ? String(rule.status) : rule.kind)
}

function contains(rule: FaultEffect, effect: FaultEffect): boolean {
  const given = new Map<string, unknown>(Object.entries(rule))
  return Object.entries(effect).every(([name, value]) => JSON.stringify(given.get(name)) === JSON.stringify(value))
}
