/** What a colour means. It never stands alone: an icon or a word says the same. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info'

/** Quiet background, border and text of a tone. */
export const TONE_SUBTLE = {
  neutral: 'border-line bg-sunken text-muted',
  accent: 'border-accent-line bg-accent-subtle text-accent-text',
  success: 'border-success-line bg-success-subtle text-success-text',
  warning: 'border-warning-line bg-warning-subtle text-warning-text',
  danger: 'border-danger-line bg-danger-subtle text-danger-text',
  info: 'border-info-line bg-info-subtle text-info-text',
} as const satisfies Record<Tone, string>

/** Text of a tone on any surface. */
export const TONE_TEXT = {
  neutral: 'text-muted',
  accent: 'text-accent-text',
  success: 'text-success-text',
  warning: 'text-warning-text',
  danger: 'text-danger-text',
  info: 'text-info-text',
} as const satisfies Record<Tone, string>

/** Fill of an SVG shape in the solid colour of a tone. */
export const TONE_FILL = {
  neutral: 'fill-line-strong',
  accent: 'fill-accent',
  success: 'fill-success',
  warning: 'fill-warning',
  danger: 'fill-danger',
  info: 'fill-info',
} as const satisfies Record<Tone, string>

/** Stroke of an SVG shape in the solid colour of a tone. */
export const TONE_STROKE = {
  neutral: 'stroke-line-strong',
  accent: 'stroke-accent',
  success: 'stroke-success',
  warning: 'stroke-warning',
  danger: 'stroke-danger',
  info: 'stroke-info',
} as const satisfies Record<Tone, string>
