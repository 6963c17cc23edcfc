import { Logger, type LogFunctionFactory } from 'graphile-worker'
import type { Logger as OurLogger } from 'pino'

const LEVELS = { error: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** Lets graphile-worker write into our log instead of onto the console: its words only, for our tasks log themselves. */
export function workerLogger(log: OurLogger): Logger {
  const factory: LogFunctionFactory = ({ label, workerId, taskIdentifier, jobId }) => (level, message) =>
    log[LEVELS[level as keyof typeof LEVELS]]({ label, workerId, taskIdentifier, jobId }, message.split('\n', 1)[0] ?? '')
  return new Logger(factory)
}
