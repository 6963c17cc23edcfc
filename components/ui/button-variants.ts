import { cva } from 'class-variance-authority'

/** The button's classes, without a client boundary: links in server components use them too. */
export const buttonVariants = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border border-transparent font-medium whitespace-nowrap select-none',
    'transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-70',
    '[&_svg]:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-foreground shadow-xs hover:bg-accent-hover',
        secondary: 'border-line bg-surface text-foreground shadow-xs hover:bg-hover',
        ghost: 'text-muted hover:bg-hover hover:text-foreground',
        danger: 'bg-danger text-danger-foreground shadow-xs hover:bg-danger-hover',
        'danger-quiet': 'border-line bg-surface text-danger-text shadow-xs hover:border-danger-line hover:bg-danger-subtle',
        link: 'text-accent-text underline decoration-accent-line underline-offset-4 hover:decoration-current',
      },
      size: {
        sm: 'h-8 px-2.5 text-[0.8125rem] touch:min-h-11',
        md: 'h-9 px-3.5 text-sm touch:min-h-11',
        lg: 'h-11 px-5 text-[0.9375rem]',
        icon: 'size-9 touch:size-11',
        'icon-sm': 'size-8 touch:size-11',
      },
    },
    compoundVariants: [{ variant: 'link', size: ['sm', 'md', 'lg'], class: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)
