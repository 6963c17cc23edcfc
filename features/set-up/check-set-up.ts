import type { z } from 'zod'
import { setUpInput } from '@/contracts/set-up'
import { isGuessable } from '@/lib/password-strength'

export type SetUpValues = z.input<typeof setUpInput>
/** What decides whether a password is easily guessed. */
export type PasswordValues = Pick<SetUpValues, 'password' | 'name' | 'email' | 'organizationName'>
export type SetUpField = keyof SetUpValues
/** Per field what is wrong with it: its shape, or a password that is easily guessed. */
export type SetUpMistakes = Readonly<Partial<Record<SetUpField, 'wrong' | 'guessable'>>>

export const NO_MISTAKES: SetUpMistakes = {}

/** Looks at the form as the server will; answers NO_MISTAKES itself when nothing is wrong. */
export function checkSetUp(values: SetUpValues): SetUpMistakes {
  const parsed = setUpInput.safeParse(values)
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => [String(issue.path[0]), 'wrong'] as const)
  const mistakes: SetUpMistakes = Object.fromEntries(wrong)
  if (mistakes.password === undefined && isPasswordGuessable(values)) return { ...mistakes, password: 'guessable' }
  return wrong.length === 0 ? NO_MISTAKES : mistakes
}

/** Whether the password is among the first that are tried, the person's own words counted in. */
export function isPasswordGuessable({ password, name, email, organizationName }: PasswordValues): boolean {
  return isGuessable(password, [name, email, organizationName])
}
