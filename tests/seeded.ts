/** One seed per run, printed, so that a failure can be repeated: FAST_CHECK_SEED=… npx vitest run … */
const seed = Number(process.env['FAST_CHECK_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))
process.stdout.write(`fast-check seed: ${seed}\n`)

/** Options for fc.assert. */
export function seeded(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed, numRuns }
}
