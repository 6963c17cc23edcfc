/** The panel of Dialog and AlertDialog: at the bottom on phones, in the middle elsewhere. */
export const PANEL_CLASSES = [
  'fixed z-50 flex max-h-[calc(100dvh-2rem)] flex-col rounded-xl border bg-raised text-foreground shadow-lg outline-none',
  'inset-x-3 bottom-3 sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[calc(100vw-4rem)] sm:-translate-1/2',
  'data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in',
]

/** A click on a toast is no click outside the dialog. */
export function keepOpenForToasts(event: { target: EventTarget | null; preventDefault: () => void }): void {
  if (event.target instanceof Element && event.target.closest('[data-slot=toaster]') !== null) event.preventDefault()
}
