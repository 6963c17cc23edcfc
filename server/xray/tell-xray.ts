import { STRATEGIES } from '@/contracts/api-clients'
import { isErrorCode } from '@/contracts/errors'
import { STATUS_OF_VERDICT, strategyVerdict } from '@/contracts/strategy-needs'
import { supportReport } from '@/contracts/support-report'
import type { Examination } from '@/contracts/xray'
import { toFindings, type Finding } from '@/contracts/xray-findings'
import { showInvisible } from '@/lib/text/show-invisible'
import { translator } from '@/messages/translator'

const LONGEST_LINE = 4_000
const MARKS = { pass: 'ok  ', warn: 'look', fail: 'no  ' } as const
/** Below the text, beside its mark. */
const INDENT = '        '

/** An X-ray for a terminal, in the page's words: findings, what the permissions are enough for, and the report for support. */
export function tellXray(clientId: string, examination: Examination): string {
  const t = translator('xray')
  const { upstream, configuration } = examination
  const strategies = STRATEGIES.map((strategy) => {
    const verdict = strategyVerdict(strategy, configuration?.permissions ?? [])
    return mark(STATUS_OF_VERDICT[verdict], `${t(`report.strategy.${strategy}`)}. ${t(`report.verdict.${verdict}`)}`)
  })
  const parts = [
    [`${t('foundId')} ${clientId}, ${upstream.label} (${upstream.apiBase})`],
    [t('report.title'), ...toFindings(examination).flatMap(tellFinding), ...(examination.login === 'accepted' ? ['', t('report.text')] : [])],
    ...(configuration === null ? [] : [[t('report.strategies'), ...strategies]]),
    [t('report.support'), ...supportReport(clientId, examination).split('\n').map((line) => `  ${line}`), '', t('report.supportText')],
  ]
  return `${parts.map((lines) => lines.map(plain).join('\n')).join('\n\n')}\n`
}

function tellFinding({ status, text, values, code, lines }: Finding): string[] {
  const t = translator('xray')
  const below = code === null ? (lines ?? []) : [because(code)]
  return [mark(status, t(`report.${text}`, values)), ...below.map((line) => `${INDENT}${line}`)]
}

function because(code: string): string {
  const errors = translator('errors')
  return isErrorCode(code) ? `${errors(`${code}.what`)} ${errors(`${code}.next`)}` : code
}

const mark = (status: keyof typeof MARKS, text: string): string => `  ${MARKS[status]}  ${text}`

/** What Octorate answers must move no cursor. */
const plain = (line: string): string => showInvisible(line, LONGEST_LINE)
