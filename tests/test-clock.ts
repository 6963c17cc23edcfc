/** Monday, a little after breakfast. */
const START = Date.parse('2026-03-16T09:10:11.360Z')

/** One time for the console and the sandbox, which stands still until a test moves it. */
export class TestClock {
  at = START

  /** Epoch milliseconds, as the sandbox asks. */
  now(): number {
    return this.at
  }

  get date(): Date {
    return new Date(this.at)
  }

  advance(ms: number): void {
    this.at += ms
  }
}
