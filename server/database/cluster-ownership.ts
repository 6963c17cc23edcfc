import pg from 'pg'

/** Any fixed number: whoever holds it owns this cluster. */
const LOCK = 5_397_231
const AGAIN_MS = 100
/** As long as a server needs to notice that the process before has ended. */
const FIRST_TRIES = 20

export interface ClusterOwnership {
  /** Gives the lock back. */
  end(): Promise<void>
}

/**
 * Takes the lock by which one Keyrack owns an embedded database. It ends with this process, however that ends; and as it
 * ends with the server too, it is taken again as soon as the server is back.
 *
 * @returns null when another living process holds it.
 */
export async function takeOwnership(adminUrl: string): Promise<ClusterOwnership | null> {
  let holder = await tryFor(adminUrl, FIRST_TRIES)
  if (!holder) return null
  let isOver = false
  let retaking: Promise<void> = Promise.resolve()
  const retake = async () => {
    for (;;) {
      if (isOver) return
      const taken = await tryOnce(adminUrl).catch(() => null)
      if (taken) return hold(taken)
      await pause()
    }
  }
  const hold = (client: pg.Client) => {
    holder = client
    client.once('end', () => {
      if (!isOver) retaking = retake()
    })
  }
  hold(holder)
  return {
    async end() {
      isOver = true
      await retaking
      await holder?.end().catch(() => undefined)
    },
  }
}

async function tryFor(adminUrl: string, tries: number): Promise<pg.Client | null> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const client = await tryOnce(adminUrl)
    if (client) return client
    await pause()
  }
  return null
}

/** A connection that holds the lock, or null when another does. @throws when the server cannot be reached. */
async function tryOnce(adminUrl: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: adminUrl })
  // The loss of the connection is told by `end`.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const answer = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK])
    if (answer.rows[0]?.taken) return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  await client.end()
  return null
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
}
