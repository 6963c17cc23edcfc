import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8')
const TONES = ['accent', 'success', 'warning', 'danger', 'info']
const SURFACES = ['background', 'surface', 'raised', 'sunken', 'hover']

const TEXT_PAIRS = [
  ...['foreground', 'muted', 'subtle', ...TONES.map((tone) => `${tone}-text`)].flatMap((text) =>
    SURFACES.map((surface) => [text, surface]),
  ),
  ...TONES.flatMap((tone) => [
    [`${tone}-foreground`, tone],
    [`${tone}-text`, `${tone}-subtle`],
    ['foreground', `${tone}-subtle`],
    ['muted', `${tone}-subtle`],
  ]),
  ['accent-foreground', 'accent-hover'],
  ['danger-foreground', 'danger-hover'],
  ['background', 'foreground'],
  ...['sidebar', 'sidebar-hover', 'sidebar-current'].map((surface) => ['sidebar-foreground', surface]),
  ...['sidebar', 'sidebar-hover'].map((surface) => ['sidebar-muted', surface]),
  ['sidebar', 'brass'],
  ['sidebar-foreground', 'brand'],
] as [string, string][]

const SHAPE_PAIRS = [
  ...['line-strong', 'ring', ...TONES].flatMap((shape) => ['background', 'surface', 'raised'].map((surface) => [shape, surface])),
  ['sidebar-ring', 'sidebar'],
  ['brass', 'sidebar-current'],
  ['brass', 'brand'],
] as [string, string][]

describe.each([
  ['light', tokensOf(':root')],
  ['dark', tokensOf('.dark')],
])('the %s theme', (_theme, tokens) => {
  it.each(TEXT_PAIRS)('lets %s be read on %s, at 4.5 to 1', (text, surface) => {
    expect(contrast(tokens, text, surface)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(SHAPE_PAIRS)('lets the shape of %s be seen on %s, at 3 to 1', (shape, surface) => {
    expect(contrast(tokens, shape, surface)).toBeGreaterThanOrEqual(3)
  })
})

function tokensOf(selector: string): Map<string, number> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('\n}')[0] ?? ''
  const tokens = [...block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)]
  return new Map(tokens.map(([, name = '', l, c, h]) => [name, luminance(Number(l), Number(c), Number(h))]))
}

function contrast(tokens: Map<string, number>, one: string, other: string): number {
  const a = tokens.get(one) ?? Number.NaN
  const b = tokens.get(other) ?? Number.NaN
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Relative luminance (WCAG 2) of an oklch colour, clipped to sRGB as a browser would. */
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (channel: number) => Math.min(1, Math.max(0, channel))
  return (
    0.2126 * clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) +
    0.7152 * clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) +
    0.0722 * clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  )
}
