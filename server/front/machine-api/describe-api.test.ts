import { describe, expect, test } from 'vitest'
import { problemSchema } from '@/contracts/problem'
import { describeApi } from './describe-api'
import { renderReference } from './reference-page'
import { MACHINE_ROUTES } from './routes'

const endpoints = MACHINE_ROUTES.map(({ endpoint }) => endpoint)
const document = describeApi(endpoints, { serverUrl: 'https://keyrack.example.com', version: '1.0' })

type Operation = { operationId: string; summary: string; description: string; parameters?: { name: string; in: string }[]; responses: Record<string, { description: string }> }
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, operation })),
)

describe('the OpenAPI document', () => {
  test('has every endpoint once, and no other', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(operations.map(({ name }) => name).toSorted()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).toSorted())
    expect(operations.length).toBeGreaterThan(8)
  })

  test('gives each operation an id of its own, for what is generated from it', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain('getConnectionsByIdAccessToken')
  })

  test('names every part of a path as a required parameter', () => {
    for (const { name, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)
      expect([name, inPath]).toEqual([name, [...name.matchAll(/:(\w+)/g)].map(([, word]) => word)])
    }
  })

  test('asks for a bearer everywhere, and says what a missing, wrong or poor key is answered', () => {
    expect(document.security).toEqual([{ machineKey: [] }])
    expect(document.components?.securitySchemes).toMatchObject({ machineKey: { type: 'http', scheme: 'bearer' } })
    for (const { operation } of operations) {
      expect(operation.responses['401']?.description).toContain('machine_key_invalid')
      // Any key may ask one thing: how it comes in. Its address may be refused all the same.
      expect(operation.responses['403']?.description).toContain(operation.description.startsWith('Scope: any.') ? 'machine_key_address' : 'machine_key_scope')
      expect(operation.responses['429']?.description).toContain('rate_limited')
    }
  })

  test('says that a token may need the hotelier, or time', () => {
    const responses = operations.find(({ name }) => name === 'GET /connections/:id/access-token')?.operation.responses
    expect(responses?.['409']?.description).toContain('reconnect_required')
    expect(responses?.['503']?.description).toContain('temporarily_unavailable')
  })

  test('refers only to shapes that are in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(references.length).toBeGreaterThan(10)
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(expect.arrayContaining([...new Set(references)]))
    expect(Object.keys(document.components?.schemas?.['Problem'] ?? {})).toContain('properties')
    expect(Object.keys(problemSchema.shape).length).toBeGreaterThan(5)
  })

  test('has patterns that JSON Schema understands', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text ?? '""') as string)
    expect(patterns.length).toBeGreaterThan(1)
    for (const pattern of patterns) {
      expect(() => new RegExp(pattern, 'u')).not.toThrow()
      expect(pattern).not.toMatch(/^\/|\/u?$/)
    }
  })
})

describe('the reference page', () => {
  const { html, policy } = renderReference(document)

  test('describes every operation, and needs no script', () => {
    for (const { operation } of operations) expect(html).toContain(`id="${operation.operationId}"`)
    expect(html).not.toMatch(/<script|javascript:| on[a-z]+=| style=/i)
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/)
  })

  test('links only to what is on it', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target)
    expect(targets.length).toBeGreaterThan(10)
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  })

  test('writes whatever a text holds as text', () => {
    const evil = { ...document, info: { ...document.info, title: '<img src=x onerror=alert(1)>&"\'' } }
    expect(renderReference(evil).html).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;')
    expect(renderReference(evil).html).not.toContain('<img')
  })
})
