import { maskSecretShapes } from '@/lib/xray/mask-secret-shapes'
import type { Finding } from './finding'

const MARKS = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' }
/** What comes behind these words of a subject is the name of an API client. */
const NAMED = / (?:of|for) (.+)$/
const URL_SHAPE = /https?:\/\/[^\s",;)]+/g
const PATH_SHAPE = /(?<![\w:/])\/(?:[\w.@+-]+\/)*[\w.@+-]+/g
const IPV4_SHAPE = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g

/**
 * Findings as lines for a support case: API clients are numbered, and addresses, paths and whatever has the shape of a
 * secret are left out. Versions, counts and instants stay.
 */
export function doctorText(findings: readonly Finding[], { at, publicUrl }: { at: string; publicUrl: string }): string {
  const names = [...new Set(findings.flatMap(({ subject }) => NAMED.exec(subject)?.[1] ?? []))]
  const withoutNames = (text: string) => names.reduce((rest, name, index) => rest.replaceAll(name, `API client ${index + 1}`), text)
  const lines = findings.map(({ kind, subject, level, what, todo }) => {
    const said = clean(withoutNames(what))
    return `${MARKS[level].padEnd(8)}${kind}: ${withoutNames(subject)}: ${said}${todo ? ` → ${clean(withoutNames(todo))}` : ''}`
  })
  return [`Keyrack doctor, ${at}, ${new URL(publicUrl).protocol.replace(':', '')}`, ...lines].map(maskSecretShapes).join('\n')
}

function clean(text: string): string {
  return text.replace(URL_SHAPE, '[address]').replace(IPV4_SHAPE, '[address]').replace(PATH_SHAPE, '[path]')
}
