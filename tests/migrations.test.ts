import { describe, expect, test } from 'vitest'
import { listSources, readSource } from './source-files'

/**
 * What the version before can't live with while both run: something it reads or writes is gone, called otherwise, of another
 * type, or wanted of it though it does not know of it. Dropping an index or a constraint breaks nobody.
 */
const RULES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['drops a table, a column or a type', /\bDROP\s+(?:TABLE|COLUMN|TYPE|VIEW|SCHEMA)\b/i],
  ['renames', /\bRENAME\s+(?:TO|COLUMN|VALUE)\b/i],
  ['changes the type of a column', /\bALTER\s+COLUMN\s+"?\w+"?\s+(?:SET\s+DATA\s+)?TYPE\b/i],
  ['drops a default', /\bALTER\s+COLUMN\s+"?\w+"?\s+DROP\s+DEFAULT\b/i],
  ['wants a value of a column that there was', /\bALTER\s+COLUMN\s+"?\w+"?\s+SET\s+NOT\s+NULL\b/i],
  ['adds a column that must be filled, without a default', /\bADD\s+COLUMN\s+(?:IF\s+NOT\s+EXISTS\s+)?"?\w+"?\s+(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i],
]

/** Written before the first version was out, when nothing ran that they could break. None is ever added. */
const BEFORE_THE_FIRST_VERSION = '20261125214403_operations'

/** Which rules a migration breaks. Comments say what they like. */
function broken(sql: string): string[] {
  const statements = sql.replaceAll(/--[^\n]*/g, '')
  return RULES.filter(([, pattern]) => pattern.test(statements)).map(([name]) => name)
}

describe('a migration only adds', () => {
  const migrations = listSources('prisma/migrations').filter((name) => name.endsWith('migration.sql'))
  const nameOf = (file: string) => file.split('/').at(-2) ?? ''

  test('and leaves the version before able to work', () => {
    const later = migrations.filter((file) => nameOf(file) > BEFORE_THE_FIRST_VERSION)
    expect(later.length).toBeGreaterThan(0)
    expect(later.map((file) => [nameOf(file), broken(readSource(file))]).filter(([, rules]) => rules?.length)).toEqual([])
  })

  test('the rules find what there was before the first version, or they would find nothing', () => {
    const earlier = migrations.filter((file) => nameOf(file) <= BEFORE_THE_FIRST_VERSION)
    expect(earlier.filter((file) => broken(readSource(file)).length > 0).map(nameOf)).toContain('20261125213000_key_restrictions')
  })

  test.each([
    ['ALTER TABLE "a" DROP COLUMN "b"', 'drops a table, a column or a type'],
    ['DROP TABLE "a"', 'drops a table, a column or a type'],
    ['ALTER TABLE "a" RENAME COLUMN "b" TO "c"', 'renames'],
    ['ALTER TABLE "a" RENAME TO "b"', 'renames'],
    ['ALTER TABLE "a" ALTER COLUMN "b" SET DATA TYPE TEXT', 'changes the type of a column'],
    ['ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT', 'drops a default'],
    ['ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL', 'wants a value of a column that there was'],
    ['ALTER TABLE "a" ADD COLUMN "b" INTEGER NOT NULL', 'adds a column that must be filled, without a default'],
    ['ALTER TABLE "a" ADD COLUMN "c" INTEGER DEFAULT 0, ADD COLUMN "b" TEXT NOT NULL;', 'adds a column that must be filled, without a default'],
  ])('%j is found', (sql, rule) => {
    expect(broken(sql)).toEqual([rule])
  })

  test.each([
    'CREATE TABLE "a" ("b" TEXT NOT NULL)',
    'ALTER TABLE "a" ADD COLUMN "b" BOOLEAN NOT NULL DEFAULT false',
    'ALTER TABLE "a" ADD COLUMN "b" BOOLEAN DEFAULT false NOT NULL',
    'ALTER TABLE "a" ADD COLUMN "b" TEXT, ADD COLUMN "c" INTEGER NOT NULL DEFAULT 0',
    'DROP INDEX "a_b_idx"',
    '-- nothing to DROP TABLE here\nCREATE INDEX "a_b_idx" ON "a"("b")',
  ])('%j is fine', (sql) => {
    expect(broken(sql)).toEqual([])
  })
})
