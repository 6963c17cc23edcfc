import { spawn, type SpawnOptionsWithStdioTuple, type StdioNull, type StdioPipe } from 'node:child_process'
import path from 'node:path'
import type { PostgresPlace } from './postgres-place'

/**
 * Runs one of PostgreSQL's own programs as the cluster's user and resolves with its exit code and output.
 * `pg_ctl start` leaves a server behind in a session of its own, so Ctrl-C in a terminal does not reach it.
 */
export function runPostgresProgram(
  place: PostgresPlace,
  program: 'initdb' | 'pg_ctl' | 'postgres',
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const options: SpawnOptionsWithStdioTuple<StdioNull, StdioPipe, StdioPipe> = {
      ...place.identity,
      cwd: place.folder,
      // No variable of ours: the database must not inherit a key.
      env: { NODE_ENV: 'production', PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }
    const child = spawn(path.join(place.native, 'bin', program), args, options)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk))
    child.on('error', reject)
    child.on('exit', (code) => {
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code: code ?? 1, output: output.trim() })
    })
  })
}
