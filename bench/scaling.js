import { execFile } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withRig } from '../bin/load-rig.js'
import { cpuMs, processesOf } from './support/processes.js'

const LOAD = path.join(path.dirname(fileURLToPath(import.meta.url)), 'handout/load.js')
const PROCESSES = [1, 2, 4]
const CONNECTIONS = 1_000
const CLIENTS = 64
const SECONDS = 5
const WARM_UP_SECONDS = 2

/**
 * Hand-outs and refreshes a second with one, two and four console processes (machine API, refreshes and settling, without
 * pages) on one PostgreSQL, each load from a process of its own, all on this machine. Beside each figure stands how many
 * cores consoles, database and everything together kept busy, and what the database's sessions were doing.
 *
 *     npm run bench -- scaling [connections] [seconds]
 */
export async function measureScaling({ say, options }) {
  const [connections = CONNECTIONS, seconds = SECONDS] = options.map(Number)
  const results = await withRig('tests/rig/scaling.ts', (rig) =>
    rig.measureScaling({ processes: PROCESSES, connections, clients: CLIENTS, seconds, warmUpSeconds: Math.min(seconds, WARM_UP_SECONDS), load, databaseCpuMs, say }),
  )
  return { command: 'npm run bench -- scaling', connections, clients: CLIENTS, seconds, cores: os.availableParallelism(), results }
}

async function load(job) {
  const { stdout } = await promisify(execFile)(process.execPath, [LOAD, JSON.stringify(job)], { maxBuffer: 1 << 20 })
  return JSON.parse(stdout)
}

async function databaseCpuMs(databasePort) {
  const { postgres } = await processesOf(process.pid, { databasePort })
  if (postgres.length === 0) throw new Error(`There is no PostgreSQL at port ${databasePort}.`)
  return cpuMs(postgres)
}
