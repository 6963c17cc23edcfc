'use client'

import { useTranslations } from 'use-intl'
import { ProblemAlert } from '../problem-state'
import { problemOf } from '../request'

const SHOWN = 20

/** Why a migration was not started; with lines that differ from those of another migration, which. */
export function StartProblem({ error }: { error: unknown }) {
  const t = useTranslations('keyMigrations.new.difference')
  const { code, issues = [] } = problemOf(error)
  const differences = code === 'key_migration_overlaps' ? issues.flatMap(toDifference) : []
  return (
    <div className="flex flex-col gap-2">
      <ProblemAlert error={error} />
      {differences.length > 0 && (
        <ul className="list-disc pl-8 text-[0.8125rem]">
          {differences.slice(0, SHOWN).map(({ line, what }) => (
            <li key={`${line} ${what}`}>{t(what, { where: t('line', { line }) })}</li>
          ))}
          {differences.length > SHOWN && <li>{t('more', { count: differences.length - SHOWN })}</li>}
        </ul>
      )}
    </div>
  )
}

const KINDS = ['changed', 'added', 'missing'] as const

function toDifference({ path, message }: { path: string; message: string }): { line: number; what: (typeof KINDS)[number] }[] {
  const what = KINDS.find((kind) => kind === message)
  const line = Number.parseInt(path, 10)
  return what && line > 0 ? [{ line, what }] : []
}
