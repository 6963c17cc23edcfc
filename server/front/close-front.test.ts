import { Agent, createServer, request, type RequestListener } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { closerOf } from './close-front'

const LONG_MS = 60_000

async function open(listener: RequestListener) {
  const front = createServer(listener)
  const close = closerOf(front)
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return { front, close, port: (front.address() as AddressInfo).port }
}

function ask(port: number, agent?: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    sent.once('error', reject).end()
  })
}

const connected = (port: number) =>
  new Promise<Socket>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).on('error', () => undefined)
  })

test('is over at once although a browser has connected ahead, because nothing was asked there', async () => {
  const { front, close, port } = await open((_request, response) => void response.end())
  const accepted = new Promise<void>((resolve) => front.once('connection', () => resolve()))
  const socket = await connected(port)
  await accepted
  const gone = new Promise<string>((resolve) => socket.once('close', () => resolve('gone')))
  await close(LONG_MS)
  expect(await gone).toBe('gone')
})

test('lets what is under way finish, and its connection brings no other request', async () => {
  let finish: () => void = () => undefined
  let arrived: () => void = () => undefined
  const isThere = new Promise<void>((resolve) => (arrived = resolve))
  const { close, port } = await open((_request, response) => {
    finish = () => void response.end('done')
    arrived()
  })
  const agent = new Agent({ keepAlive: true })
  const answer = ask(port, agent)
  await isThere
  const closed = close(LONG_MS)
  finish()
  expect(await answer).toBe(200)
  await closed
  await expect(ask(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('cuts off what does not end', async () => {
  let arrived: () => void = () => undefined
  const isThere = new Promise<void>((resolve) => (arrived = resolve))
  const { close, port } = await open(() => arrived())
  const outcome = ask(port).catch((error: unknown) => error)
  await isThere
  await close(1)
  expect(await outcome).toMatchObject({ code: 'ECONNRESET' })
})
