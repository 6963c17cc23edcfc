import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { ENV_NAMES } from '@/server/env'
import { listSources, readSource as read } from './source-files'

const YAMLS = [...listSources('deploy'), ...listSources('.github')].filter((name) => name.endsWith('.yaml'))
/** Variables of the images beside ours, and of Node itself. */
const FOREIGN = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED', 'POSTGRES_PASSWORD', 'APP_PASSWORD', 'OWNER_PASSWORD', 'ADMIN_PASSWORD', 'KEYRACK_HOST', 'METRICS_TOKEN']

describe('the files to deploy with', () => {
  test.each(YAMLS)('%s is YAML', (name) => {
    const documents = parseAllDocuments(read(name), { merge: true })
    expect(documents.length).toBeGreaterThan(0)
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
  })

  test('set only variables that Keyrack reads', () => {
    const compose = parse(read('deploy/compose.yaml'), { merge: true }) as { services: Record<string, { environment: object }> }
    const inCompose = Object.values(compose.services).flatMap(({ environment }) => Object.keys(environment))
    const inCluster = [...read('deploy/kubernetes/keyrack.yaml').matchAll(/^\s+(?:- \{ name: )?([A-Z][A-Z_]{3,})[,:]/gm)].map(([, name]) => name)
    const inImage = [...(/^ENV (.*)$/m.exec(read('Dockerfile'))?.[1] ?? '').matchAll(/([A-Z_]+)=/g)].map(([, name]) => name)
    const inExample = [...read('deploy/compose.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(inCluster.length * inImage.length * inExample.length * inCompose.length).toBeGreaterThan(0)
    expect([...inCompose, ...inCluster, ...inImage, ...inExample].filter((name) => ![...ENV_NAMES, ...FOREIGN].includes(name ?? ''))).toEqual([])
  })

  test('ask for every secret that compose needs', () => {
    const wanted = [...read('deploy/compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name)
    expect([...new Set(wanted)].filter((name) => !read('deploy/compose.env.example').includes(`${name}=`))).toEqual([])
  })

  test('run as somebody who may change nothing but data and temporary files', () => {
    expect(read('Dockerfile')).toMatch(/^USER node$/m)
    const pods = parseAllDocuments(read('deploy/kubernetes/keyrack.yaml')).map((document) => document.toJS() as Deployment).filter(({ kind }) => kind === 'Deployment')
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(['keyrack-console', 'keyrack-worker'])
    for (const { spec } of pods) {
      const { securityContext, containers } = spec.template.spec
      expect(securityContext).toMatchObject({ runAsNonRoot: true })
      for (const container of containers) expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
    }
  })

  test('watch metrics that there are', () => {
    const known = [...listSources('server/metrics').map(read).join('\n').matchAll(/'(keyrack_[a-z_]+)'/g)].map(([, name]) => name ?? '')
    const asked = [...`${read('deploy/prometheus/rules.yaml')}${read('deploy/grafana/dashboard.json')}`.matchAll(/keyrack_[a-z0-9_]+/g)].map(([name]) => name)
    const isKnown = (name: string) => known.includes(name.replace(/_(?:bucket|count|sum)$/, '')) || /^keyrack_(?:process|nodejs)_/.test(name)
    expect(known.length).toBeGreaterThan(5)
    expect(asked.filter((name) => !isKnown(name))).toEqual([])
  })
})

interface Deployment {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly spec: { readonly template: { readonly spec: { readonly securityContext: object; readonly containers: readonly { readonly securityContext: object }[] } } }
}
