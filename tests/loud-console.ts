import { afterEach, beforeEach, vi } from 'vitest'

const LOUD = ['error', 'warn'] as const
let spies: readonly { readonly name: string; readonly calls: unknown[][] }[] = []

/** A test that prints an error or a warning fails: noise hides real faults. */
beforeEach(() => {
  spies = LOUD.map((name) => ({ name: `console.${name}`, calls: vi.spyOn(console, name).mock.calls }))
})

afterEach(() => {
  const noise = spies.flatMap(({ name, calls }) => calls.map((call) => `${name}: ${call.map(String).join(' ')}`))
  vi.restoreAllMocks()
  if (noise.length > 0) throw new Error(`Something was printed that nobody asked for:\n${noise.join('\n')}`)
})
