/** The look of all pages: one column, readable from 360 px on, light and dark. */
export const style = `
:root { color-scheme: light dark; --ground: #f6f5f1; --card: #ffffff; --ink: #22252b; --faint: #5a606b; --line: #8b919c; --soft: #dcdad3; --accent: #0f5c57; --on-accent: #ffffff; --warn: #ffd84d; --on-warn: #2b2300; --bad: #a1201c; }
@media (prefers-color-scheme: dark) { :root { --ground: #15181c; --card: #1e2227; --ink: #eceef1; --faint: #aab1bc; --line: #77808d; --soft: #343a42; --accent: #6fd3c8; --on-accent: #06211f; --warn: #ffd84d; --on-warn: #2b2300; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { background: repeating-linear-gradient(-45deg, var(--warn) 0 1.2rem, #f3c512 1.2rem 2.4rem); color: var(--on-warn); padding: .6rem 1rem; text-align: center; }
header p { margin: 0 auto; max-width: 44rem; }
main { max-width: 32rem; margin: 1.5rem auto; padding: 1.25rem; background: var(--card); border: 1px solid var(--soft); border-radius: .75rem; }
footer { max-width: 32rem; margin: 0 auto 2rem; padding: 0 1.25rem; color: var(--faint); font-size: .875rem; }
h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
label, legend { font-weight: 600; }
fieldset { border: 0; margin: 1rem 0; padding: 0; min-width: 0; }
legend { padding: 0; margin-bottom: .5rem; }
input[type=text], input[type=password] { display: block; width: 100%; margin: .25rem 0 1rem; padding: .6rem .7rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; }
.choices label { display: flex; gap: .6rem; align-items: baseline; padding: .55rem .7rem; border: 1px solid var(--soft); border-radius: .5rem; margin-bottom: .4rem; font-weight: 400; cursor: pointer; }
.choices label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choices small { color: var(--faint); display: block; }
.buttons { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1rem; }
button { font: inherit; font-weight: 600; padding: .6rem 1.1rem; border-radius: .5rem; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; min-height: 2.75rem; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.plain { border: 0; padding: 0; min-height: 0; text-decoration: underline; font-weight: 400; color: var(--accent); }
.accounts { list-style: none; margin: 0; padding: 0; display: grid; gap: .4rem; }
.accounts button { width: 100%; text-align: left; font-weight: 400; padding: .5rem .7rem; }
.accounts small { display: block; color: var(--faint); }
.error { color: var(--bad); font-weight: 600; }
code { font: .9em ui-monospace, monospace; }
dl { display: grid; gap: .1rem .75rem; margin: 0; } dt { color: var(--faint); margin-top: .5rem; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; } .scroll { overflow-x: auto; } th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--soft); vertical-align: top; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
