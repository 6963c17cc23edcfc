import { BlockList } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import ipRangeCheck from 'ip-range-check'
import ipaddr from 'ipaddr.js'
import { withRig } from '../bin/load-rig.js'

const SIZES = [10, 1_000, 100_000]
const ADDRESSES = 20_000
const IMPORT_LINES = 10_000
const [OURS, ...PEERS] = ['keyrack', 'net.BlockList', 'ipaddr.js', 'ip-range-check']

/**
 * Whether an address, as text, belongs to a list: by the console's matcher and by three that Node's users have, fed with
 * the same lists and asked for the same addresses, one after the other in the same process. About half of the addresses
 * belong. Before anything is timed all four must give the same answers.
 *
 * `--seconds N` is how long each one is asked for, 2 when left out.
 */
export async function measureCidr({ options, say }) {
  const seconds = Number(options[options.indexOf('--seconds') + 1] ?? 2) || 2
  return withRig('bench/cidr/engine.ts', async ({ buildMatcher, judgeLines }) => {
    const sizes = []
    for (const entries of SIZES) {
      const { texts, addresses } = makeList(entries)
      say(`${entries} entries …`)
      const engines = enginesFor(texts, buildMatcher)
      requireAgreement(engines, addresses)
      const measured = engines.map(({ name, build, check }) => ({ name, ...measureBuild(build), checksPerSecond: measureChecks(check, addresses, seconds) }))
      const ours = measured.find(({ name }) => name === OURS)
      const best = Math.max(...measured.filter(({ name }) => PEERS.includes(name)).map(({ checksPerSecond }) => checksPerSecond))
      sizes.push({ entries, engines: measured, ratioToBestPeer: Number((ours.checksPerSecond / best).toFixed(1)) })
    }
    return { command: 'npm run bench -- cidr', seconds, addresses: ADDRESSES, sizes, findings: measureFindings(judgeLines) }
  })
}

/** Networks from /20 to /32 all over the address space, and addresses of which every second one is taken from within one. */
function makeList(entries) {
  const random = randomFrom(20_261_125 + entries)
  const blocks = Array.from({ length: entries }, () => {
    const size = 2 ** (12 - Math.floor(random() * 13))
    return { network: Math.floor((random() * 2 ** 32) / size) * size, size }
  })
  const addresses = Array.from({ length: ADDRESSES }, (_, index) => {
    const { network, size } = blocks[Math.floor(random() * entries)]
    return toText(index % 2 === 0 ? network + Math.floor(random() * size) : Math.floor(random() * 2 ** 32))
  })
  return { texts: blocks.map(({ network, size }) => (size === 1 ? toText(network) : `${toText(network)}/${32 - Math.log2(size)}`)), addresses }
}

function enginesFor(texts, buildMatcher) {
  const pairs = texts.map((text) => [text.split('/')[0], Number(text.split('/')[1] ?? 32)])
  const buildBlockList = () => {
    const list = new BlockList()
    for (const [network, prefixLength] of pairs) list.addSubnet(network, prefixLength)
    return list
  }
  const buildRanges = () => texts.map((text) => ipaddr.parseCIDR(text.includes('/') ? text : `${text}/32`))
  const [matcher, blockList, ranges] = [buildMatcher(texts), buildBlockList(), buildRanges()]
  return [
    { name: OURS, build: () => buildMatcher(texts), check: matcher },
    { name: 'net.BlockList', build: buildBlockList, check: (address) => blockList.check(address) },
    {
      name: 'ipaddr.js', build: buildRanges,
      check(address) {
        const parsed = ipaddr.process(address)
        return ranges.some((range) => parsed.match(range))
      },
    },
    // It keeps nothing: the list is read at every check.
    { name: 'ip-range-check', build: () => texts, check: (address) => ipRangeCheck(address, texts) },
  ]
}

function requireAgreement(engines, addresses) {
  for (const address of addresses.slice(0, 6)) {
    const answers = engines.map(({ check }) => check(address))
    if (new Set(answers).size > 1) throw new Error(`they disagree about ${address}: ${answers.join(', ')}`)
  }
}

/** @returns the shortest of five times, and what the garbage collector knows of what was built: native memory is not in it */
function measureBuild(build) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  let buildMs = Infinity
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now()
    build()
    buildMs = Math.min(buildMs, performance.now() - begun)
  }
  collect()
  collect()
  const before = held()
  const built = build()
  collect()
  collect()
  const kilobytes = Math.max(0, Math.round((held() - before) / 1_024))
  // Used once more, so that it is still there when it is weighed.
  return { buildMs: Number(buildMs.toFixed(2)), kilobytes: built === undefined ? 0 : kilobytes }
}

function held() {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Whole rounds over the addresses, or a part of one for whoever takes longer than that. */
function measureChecks(check, addresses, seconds) {
  let checks = 0
  let found = 0
  const begun = performance.now()
  const until = begun + seconds * 1_000
  while (performance.now() < until) {
    // The clock costs as much as a check: it is read once in a hundred, or after each one that is slow.
    const batch = checks === 0 ? 1 : Math.min(100, Math.max(1, Math.floor((checks / (performance.now() - begun)) * 10)))
    for (let index = 0; index < batch; index += 1) if (check(addresses[(checks + index) % addresses.length])) found += 1
    checks += batch
  }
  if (found === 0) throw new Error('no address was found in the list')
  return Math.round((checks / (performance.now() - begun)) * 1_000)
}

function measureFindings(judgeLines) {
  const { texts } = makeList(IMPORT_LINES)
  const text = texts.join('\n')
  let [best, first, counted] = [Infinity, 0, null]
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now()
    counted = judgeLines(text)
    const ms = performance.now() - begun
    if (round === 0) first = ms
    best = Math.min(best, ms)
  }
  return { ...counted, firstMs: Number(first.toFixed(1)), bestMs: Number(best.toFixed(1)) }
}

const toText = (value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

/** mulberry32: the same lists in every run. */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
