/** The one style of the reference page. Colours have a contrast of 4.5 and more on their ground, light and dark. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --ground: #ffffff; --text: #1c2024; --quiet: #4f5861; --line: #d5dae0; --link: #0b57c2; --code: #f1f3f6; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --text: #e8ebee; --quiet: #aab3bd; --line: #353c44; --link: #8ab8ff; --code: #23282e; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.2rem; overflow-wrap: anywhere; }
h3 { margin: 1.25rem 0 0.25rem; font-size: 1rem; }
p { margin: 0.4rem 0; }
a { color: var(--link); }
a:focus-visible, .wide:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { padding: 0.1em 0.3em; border-radius: 0.25rem; background: var(--code); font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
.method { display: inline-block; min-width: 4.5ch; font: 600 0.85em ui-monospace, monospace; }
.quiet, .type { color: var(--quiet); }
nav ul { padding: 0; list-style: none; }
nav li { margin: 0.35rem 0; }
.fields { margin: 0.25rem 0; padding-left: 1.1rem; }
.fields li { margin: 0.2rem 0; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
dl { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); gap: 0.4rem 0.5rem; margin: 0.25rem 0; }
dt { font-weight: 600; }
dd { margin: 0; }
`
