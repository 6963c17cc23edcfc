/** The one style of the hotelier's pages, in the console's colours. Contrast is 4.5 and more, light and dark. */
export const VISIT_STYLE = `
:root{color-scheme:light dark;--ground:oklch(.962 .006 200);--card:oklch(1 0 0);--text:oklch(.24 .025 215);--quiet:oklch(.44 .022 213);--line:oklch(.906 .008 205);--accent:oklch(.46 .08 206);--on-accent:oklch(.99 .004 200);--press:oklch(.395 .072 207);--good:oklch(.415 .093 154);--good-ground:oklch(.962 .027 158);--warn:oklch(.45 .097 62);--warn-ground:oklch(.969 .034 86);--link:oklch(.43 .078 207);--edge:oklch(.65 .018 208)}
@media (prefers-color-scheme:dark){:root{--ground:oklch(.186 .013 216);--card:oklch(.221 .015 215);--text:oklch(.945 .006 200);--quiet:oklch(.775 .015 207);--line:oklch(.318 .017 213);--accent:oklch(.755 .096 198);--on-accent:oklch(.2 .035 212);--press:oklch(.815 .09 197);--good:oklch(.84 .113 156);--good-ground:oklch(.283 .042 160);--warn:oklch(.865 .105 82);--warn-ground:oklch(.297 .042 74);--link:oklch(.815 .084 197);--edge:oklch(.54 .02 210)}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;background:var(--ground);color:var(--text);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{width:100%;max-width:31rem;margin:0 auto;padding:1.25rem 1rem 1rem;flex:1 0 auto}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.5rem 1.25rem;overflow-wrap:anywhere}
.asks{margin:0 0 .5rem;color:var(--quiet);font-weight:600}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;text-wrap:balance}
h2{margin:1.5rem 0 .25rem;font-size:1rem}
p{margin:.5rem 0;text-wrap:pretty}
.property{margin:1.25rem 0;padding:.875rem 1rem;border:1px solid var(--line);border-radius:.75rem;background:var(--ground)}
.property b{display:block;font-size:1.1875rem;line-height:1.3}
.quiet{color:var(--quiet);font-size:.9375rem}
.note{margin:1.25rem 0;padding:.75rem 1rem;border-radius:.75rem;font-weight:600}
.good{background:var(--good-ground);color:var(--good)}.warn{background:var(--warn-ground);color:var(--warn)}
ul{margin:.25rem 0 0;padding-left:1.25rem}li{margin:.25rem 0}
dl{margin:1rem 0 0}dt{float:left;clear:left;margin-right:.5ch;color:var(--quiet)}dt::after{content:":"}dd{margin:0 0 .25rem}
button,.button{display:flex;width:100%;min-height:3.25rem;margin:1.25rem 0 0;padding:.75rem 1rem;align-items:center;justify-content:center;border:0;border-radius:.75rem;background:var(--accent);color:var(--on-accent);font-family:inherit;font-size:1.0625rem;font-weight:600;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:var(--press)}
.second{background:none;color:var(--link);border:1px solid var(--edge)}.second:hover{background:var(--ground)}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:3px}
label{display:block;margin:1.25rem 0 .375rem;font-weight:600}
input[name=code]{width:100%;min-height:3.5rem;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:.75rem;background:var(--card);color:inherit;font:600 1.5rem/1.2 ui-monospace,SFMono-Regular,Menlo,monospace;letter-spacing:.15em;text-align:center;text-transform:uppercase}
footer{width:100%;max-width:31rem;margin:0 auto;padding:0 1rem 1.5rem}
nav{display:flex;flex-wrap:wrap;gap:0 .25rem;justify-content:center}
nav a,nav b{display:inline-flex;min-height:2.75rem;padding:0 .625rem;align-items:center}
nav b{font-weight:600}
`
