/** What the panel needs beside the look of all pages: parts in two columns, rows that stay quiet until they matter. */
export const panelStyle = `
:root { --good: #14602f; --good-ground: #dff3e4; --warn-ink: #6b4700; --warn-ground: #fdf0cd; --bad-ground: #fbe3e1; --neutral-ground: #e9e8e3; }
@media (prefers-color-scheme: dark) { :root { --good: #8fdca8; --good-ground: #17351f; --warn-ink: #ffd88a; --warn-ground: #3b2f10; --bad-ground: #43201e; --neutral-ground: #2c3138; } }
.panel main { max-width: 84rem; background: none; border: 0; padding: 0 1rem; }
.panel footer { max-width: 84rem; padding: 0 1rem; }
.panel .title { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between; }
.panel h1 { margin: 0; }
.panel nav { display: flex; flex-wrap: wrap; gap: .25rem .9rem; }
.panel a { color: var(--accent); }
.panel a[aria-current] { font-weight: 700; text-decoration: none; }
main #notice { min-height: 1.5rem; margin: .5rem 0; font-weight: 600; }
#notice.error { color: var(--bad); }
.panel section { background: var(--card); border: 1px solid var(--soft); border-radius: .75rem; padding: 1rem 1.1rem; margin-bottom: 1rem; scroll-margin-top: 1rem; }
.panel .head { display: flex; flex-wrap: wrap; gap: .4rem .75rem; align-items: center; margin-bottom: .6rem; }
.panel .head h2 { margin: 0 auto 0 0; font-size: 1.0625rem; }
.panel h3 { font-size: .8125rem; color: var(--faint); margin: .7rem 0 .15rem; }
.panel main p { margin: .3rem 0; }
.columns { display: grid; gap: 0 1rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 64rem) { .columns { grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); } }
.panel .buttons { gap: .4rem; margin-top: .4rem; align-items: center; }
.panel form { display: inline; }
.panel #clock form { display: inline-flex; flex-wrap: wrap; gap: .4rem; }
.panel button, .panel a.button { display: inline-block; padding: .35rem .8rem; min-height: 2.25rem; border: 1px solid var(--line); border-radius: .5rem; font-weight: 600; color: inherit; text-decoration: none; background: var(--card); }
.panel button.small, .panel a.button.small { padding: .2rem .6rem; min-height: 1.75rem; font-size: .875rem; line-height: 1.4; }
.panel button:hover, .panel a.button:hover { border-color: var(--accent); }
.panel button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); margin-top: .75rem; }
.panel button.danger { border-color: var(--bad); color: var(--bad); margin-top: .5rem; }
.panel input, .panel select, .panel textarea { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; padding: .35rem .55rem; max-width: 100%; }
.panel input[type=text] { margin: 0; width: auto; flex: 1 1 12rem; min-width: 0; display: inline-block; }
.panel textarea { width: 100%; font: .875rem/1.4 ui-monospace, monospace; }
.panel select, .panel input[type=number] { width: 100%; }
.panel label { font-size: .875rem; }
.row { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .2rem 0 .4rem; }
.switches { display: grid; gap: .6rem .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); margin: .5rem 0; }
.switches > div { display: flex; flex-direction: column; gap: .15rem; justify-content: space-between; }
.now { font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; background: var(--neutral-ground); vertical-align: .1em; }
.badge.good { color: var(--good); background: var(--good-ground); }
.badge.warn { color: var(--warn-ink); background: var(--warn-ground); }
.badge.bad { color: var(--bad); background: var(--bad-ground); }
.faint { color: var(--faint); font-size: .875rem; }
.plain-list { list-style: none; margin: 0; padding: 0; }
.plain-list li { padding: .5rem 0; border-top: 1px solid var(--soft); }
.plain-list li:first-child { border-top: 0; }
.line > span { flex: 1 1 11rem; }
.line { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; justify-content: space-between; }
summary { cursor: pointer; padding: .35rem 0; }
.box { border-top: 1px solid var(--soft); }
.buttons + .box { margin-top: .6rem; }
.filters { font-size: .875rem; margin-bottom: .4rem; }
.tape details { border-top: 1px solid var(--soft); }
.tape details[open] { background: var(--ground); margin: 0 -.6rem; padding: 0 .6rem .6rem; border-radius: .5rem; }
.tape time { font: .875rem ui-monospace, monospace; color: var(--faint); }
.tape .badge { min-width: 2.75rem; text-align: center; }
.notes { margin: .25rem 0 .5rem; padding: .4rem .6rem .4rem 1.6rem; border-radius: .5rem; color: var(--warn-ink); background: var(--warn-ground); font-size: .9375rem; }
.pairs { grid-template-columns: minmax(0, max-content) minmax(0, 1fr); font-size: .875rem; }
.pairs dt, .pairs dd { margin: 0; padding: .1rem 0; }
.pairs dt { max-width: 11rem; }
.mono, .mono dt, .mono dd { font-family: ui-monospace, monospace; font-size: .8125rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (scripting: none) { .needs-script { display: none; } }
@media (max-width: 30rem) { .panel main { padding: 0 .6rem; } .panel section { padding: .8rem .75rem; } .pairs { grid-template-columns: minmax(0, 1fr); } .pairs dt { margin-top: .3rem; } .now { font-size: 1.25rem; } }
`
