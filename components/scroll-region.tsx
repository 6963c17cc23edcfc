'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { cn } from './ui/cn'

export type ScrollRegionProps = { label: string; children: ReactNode; className?: string | undefined }

/** A box that scrolls. While there is something to scroll the keyboard can reach it, and only then. */
export function ScrollRegion({ label, children, className }: ScrollRegionProps) {
  const box = useRef<HTMLElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight),
    )
    observer.observe(element)
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={box}
      data-slot="scroll-region"
      {...(scrolls ? { tabIndex: 0, 'aria-label': label } : {})}
      className={cn('overflow-auto focus-visible:-outline-offset-2', className)}
    >
      {children}
    </section>
  )
}
