/** Runs `work` for every item, at most `width` at a time; the first error ends it. */
export async function eachConcurrently(items, width, work) {
  const queue = [...items].values()
  const lane = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
