import os from 'node:os'

/** What a figure was measured on. */
export function machine() {
  const cpus = os.cpus()
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: os.availableParallelism(),
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    memoryMb: Math.round(os.totalmem() / 1024 / 1024),
    load1: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  }
}
