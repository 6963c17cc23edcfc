#!/usr/bin/env node
// For a container: exit 0 when the console on this machine is ready. Node brings no curl, and neither does the image.
import { request } from 'node:http'
import { request as requestTls } from 'node:https'

const { PORT = '3000', KEYRACK_TLS } = process.env
const ask = KEYRACK_TLS ? requestTls : request
// The certificate is for the public name; here it is asked for life alone.
const asked = ask({ host: '127.0.0.1', port: PORT, path: '/readyz', timeout: 4_000, rejectUnauthorized: false }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1)
})
asked.on('timeout', () => asked.destroy())
asked.on('error', () => process.exit(1))
asked.end()
