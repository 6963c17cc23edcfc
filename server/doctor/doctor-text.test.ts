import { describe, expect, test } from 'vitest'
import { doctorText } from './doctor-text'
import { about } from './finding'

const textOf = (...findings: Parameters<typeof doctorText>[0]) => doctorText(findings, { at: '2026-03-16T09:10:00.000Z', publicUrl: 'https://keys.hotels.example' })

describe('the text for a support case', () => {
  test('keeps what was found and what to do, with versions and counts', () => {
    expect(textOf(about('versions', 'Node').ok('Node 22.1.0.'), about('disk', 'Spool').warning('3 answers wait for the database.', 'Start it.'))).toBe(
      'Keyrack doctor, 2026-03-16T09:10:00.000Z, https\nok      versions: Node: Node 22.1.0.\nWARNING disk: Spool: 3 answers wait for the database. → Start it.',
    )
  })

  test('numbers API clients instead of naming them, the same one by the same number', () => {
    const text = textOf(
      about('redirect_uris', 'Redirect URI of Alpe Hotels').ok('fine'),
      about('secrets', 'Credentials of Mare Srl').problem('Mare Srl is refused', 'Enter it'),
      about('egress', 'Egress address for Alpe Hotels').ok('fine'),
    )
    expect(text).not.toMatch(/Alpe|Mare/)
    expect(text.match(/API client \d/g)).toEqual(['API client 1', 'API client 2', 'API client 2', 'API client 1'])
  })

  test('leaves out addresses, paths and whatever looks like a secret', () => {
    const text = textOf(
      about('redirect_uris', 'Redirect URI').problem('https://keys.hotels.example/oauth/callback/1 is not on the list', 'go'),
      about('keys', 'Key file').problem('Any user may read /srv/keyrack/.data/keys.', 'chmod 600 /srv/keyrack/.data/keys'),
      about('egress', 'Egress address').warning('203.0.113.7 is not on the list, secret_Zb7x9Q2w neither.', 'go'),
    )
    expect(text).not.toMatch(/hotels|srv|203\.0|Zb7x/)
    expect(text.match(/\[address\]/g)).toHaveLength(2)
    expect(text.match(/\[path\]/g)).toHaveLength(2)
  })
})
