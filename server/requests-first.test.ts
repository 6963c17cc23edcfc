import { beforeEach, expect, test, vi } from 'vitest'
import { beginRequest, requestsFirst } from './requests-first'
import { setRuntime, type Runtime } from './runtime'

beforeEach(() => setRuntime({ singletons: new Map() } as unknown as Runtime))

const order: string[] = []
beforeEach(() => void order.splice(0))
const background = (name: string) => requestsFirst().then(() => void order.push(name))

test('work in the background goes on at once when nobody asks for anything, in its order', async () => {
  await Promise.all(['first', 'second', 'third'].map((name) => background(name)))
  expect(order).toEqual(['first', 'second', 'third'])
})

test('it waits until the last request is answered', async () => {
  const [one, two] = [beginRequest(), beginRequest()]
  const done = background('background')
  await new Promise((resolve) => setTimeout(resolve, 20))
  order.push('answered')
  one()
  one()
  await new Promise((resolve) => setTimeout(resolve, 20))
  order.push('answered too')
  two()
  await done
  expect(order).toEqual(['answered', 'answered too', 'background'])
})

test('a request that begins meanwhile comes before those who wait for the next turn', async () => {
  const first = async () => {
    await background('first')
    const end = beginRequest()
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push('answered')
    end()
  }
  const began = first()
  const others = Array.from({ length: 30 }, (_, index) => background(`${index}`))
  await Promise.all([began, ...others])
  const early = order.indexOf('answered')
  expect([order[0], early > 0, early < 15, order.length]).toEqual(['first', true, true, 32])
})

test('neither one endless request nor one after the other holds it up for longer than a moment', async () => {
  vi.useFakeTimers()
  try {
    beginRequest()
    const done = background('background')
    const others = setInterval(() => void beginRequest(), 50)
    await vi.advanceTimersByTimeAsync(200)
    expect(order).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    clearInterval(others)
    await done
    expect(order).toEqual(['background'])
  } finally {
    vi.useRealTimers()
  }
})
