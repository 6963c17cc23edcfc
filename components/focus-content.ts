/** For an act whose button goes with it: without a new place the focus would fall to the top of the document. */
export function focusContent(): void {
  setTimeout(() => document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true }))
}
