import type { ParseArgsConfig } from 'node:util'
import type { KeyrackClient } from '../create-keyrack-client'
import { UsageError, type ExitCode } from './exit-codes'

/** What a command touches besides Keyrack; tests bring their own. */
export interface World {
  readonly env: Readonly<Partial<Record<string, string>>>
  readonly fetch?: typeof fetch
  /** Name of this machine, to tell several apart in a report. */
  readonly host: string
  /** @throws whatever the system says; `-` is standard input */
  readFile(path: string): Promise<string>
  /** For programs, or for people who asked. */
  print(text: string): void
  /** For people; never part of the result. */
  say(text: string): void
  sleep(ms: number): Promise<void>
}

type Values = Readonly<Partial<Record<string, string | boolean>>>

export interface Run {
  readonly client: KeyrackClient
  readonly world: World
  readonly values: Values
  readonly positionals: readonly string[]
  /** One JSON value a line instead of text for people. */
  readonly json: boolean
}

export interface Command {
  /** After `keyrack`. */
  readonly usage: string
  readonly summary: string
  /** The rest of the help, ending with a new line. */
  readonly help: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  readonly positionals: number
  run(run: Run): Promise<ExitCode>
}

/** An option's text, when it was given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** A file's text. @throws UsageError when it can't be read */
export async function readText(world: World, file: string): Promise<string> {
  try {
    return await world.readFile(file)
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown failure'}`)
  }
}
