import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { ERRORS, type ErrorCode } from '@/contracts/errors'

type Texts = Readonly<Record<ErrorCode, { readonly what: string; readonly next: string }>>
const texts = JSON.parse(readFileSync('contracts/error-texts.en.json', 'utf8')) as Texts

const TURNS = {
  you: 'Your turn',
  hotelier: "The hotelier's turn",
  octorate: "Octorate's turn",
  operator: 'Whoever runs Keyrack',
} as const

/** The page says what happened, whose turn it is and what to do next, in our own words for this code. */
export async function expectProblem(page: Page, code: ErrorCode): Promise<void> {
  const { what, next } = texts[code]
  const problem = page.getByRole('alert').filter({ hasText: what })
  await expect(problem).toContainText(TURNS[ERRORS[code].turn])
  await expect(problem).toContainText(next)
}

/** The same, with the request id to quote. */
export async function expectProblemWithId(page: Page, code: ErrorCode): Promise<void> {
  await expectProblem(page, code)
  await expect(page.getByRole('alert').filter({ hasText: texts[code].what })).toContainText(/Request id\s*[0-9a-f]{8}-[0-9a-f-]{27}/)
}
