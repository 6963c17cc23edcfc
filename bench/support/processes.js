import { readdir, readFile, readlink } from 'node:fs/promises'

/** Every process below `pid` and itself, and PostgreSQL's of a data folder, wherever it had to put its cluster. */
export async function processesOf(pid, { databasePort }) {
  const all = await readAll()
  const below = new Set([pid])
  for (let grown = true; grown; ) {
    const more = all.filter(({ id, parent }) => below.has(parent) && !below.has(id))
    for (const { id } of more) below.add(id)
    grown = more.length > 0
  }
  const postmaster = all.find(({ line }) => line.includes(`port=${databasePort}`))
  const database = all.filter(({ id, parent }) => postmaster && (id === postmaster.id || parent === postmaster.id))
  const own = all.filter(({ id }) => below.has(id) && !database.some((one) => one.id === id))
  return {
    console: own.filter(({ line }) => !line.includes('sandbox.js')).map(({ id }) => id),
    sandbox: own.filter(({ line }) => line.includes('sandbox.js')).map(({ id }) => id),
    postgres: database.map(({ id }) => id),
  }
}

/** Megabytes that these processes take together; what they share counts once (proportional set size). */
export async function memoryMb(ids) {
  const sizes = await Promise.all(
    ids.map(async (id) => Number(/^Pss:\s+(\d+)/m.exec(await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => ''))?.[1] ?? 0)),
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024)
}

/**
 * CPU time, user and system, of these processes so far and of those below them that have ended: of a whole tree it never
 * shrinks. The kernel counts in hundredths of a second.
 */
export async function cpuMs(ids) {
  const times = await Promise.all(
    ids.map(async (id) => {
      const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 10
    }),
  )
  return times.reduce((sum, time) => sum + time, 0)
}

async function readAll() {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => null)
      if (stat === null || (await readlink(`/proc/${id}/exe`).catch(() => null)) === null) return []
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      const line = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
      return [{ id, parent, line }]
    }),
  )
  return found.flat()
}
