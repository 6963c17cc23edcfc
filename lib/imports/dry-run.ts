import type { ImportColumn, ImportLine, LineFault, LineFaultCode } from './parse-import-text'

export type DryRunLine =
  | { readonly number: number; readonly verdict: 'ready'; readonly line: ImportLine }
  | { readonly number: number; readonly verdict: 'duplicate'; readonly line: ImportLine; readonly by: 'token' | 'property'; readonly of: number }
  | { readonly number: number; readonly verdict: 'connected'; readonly line: ImportLine }
  | { readonly number: number; readonly verdict: 'malformed'; readonly fault: LineFaultCode; readonly column: ImportColumn | null }

interface Circumstances {
  readonly probe: boolean
  /** Property ids that this API client has a living connection for. */
  readonly connected: ReadonlySet<string>
}

/** What would become of each line, before anything is sent or stored. */
export function dryRun(lines: readonly (ImportLine | LineFault)[], { probe, connected }: Circumstances): DryRunLine[] {
  const tokens = new Map<string, number>()
  const properties = new Map<string, number>()
  return lines.map((line) => {
    if ('fault' in line) return { ...line, verdict: 'malformed' }
    const { number, refreshToken, propertyId } = line
    if (!probe && propertyId === undefined) return { number, verdict: 'malformed', fault: 'missing', column: 'propertyId' }
    const sameToken = tokens.get(refreshToken)
    if (sameToken !== undefined) return { number, verdict: 'duplicate', line, by: 'token', of: sameToken }
    const sameProperty = propertyId === undefined ? undefined : properties.get(propertyId)
    if (sameProperty !== undefined) return { number, verdict: 'duplicate', line, by: 'property', of: sameProperty }
    tokens.set(refreshToken, number)
    if (propertyId !== undefined) properties.set(propertyId, number)
    const isConnected = propertyId !== undefined && connected.has(propertyId)
    return { number, verdict: isConnected ? 'connected' : 'ready', line }
  })
}
