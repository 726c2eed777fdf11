/** Sites that make do with one colour: dark enough for white words on it, and lightened where the ground is dark. */
const tintOf = {
  'open-wearables': '#245a3f', google: '#17613c', polar: '#a30f28', suunto: '#0c566a', whoop: '#3a3f47', strava: '#a83808', oura: '#5a5146',
  fitbit: '#005f62', ultrahuman: '#573383', sensorbio: '#235540', withings: '#224b70',
} as const;
const tints = Object.entries(tintOf).map(([site, tint]) => `[data-site="${site}"] { --tint: ${tint}; }`).join('\n');
const tinted = `:is(${Object.keys(tintOf).map((site) => `[data-site="${site}"]`).join(', ')})`;

/** One stylesheet for all pages. The accent is the brand's red where the text is large and bold, a darker one where it is not. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f4f4f2; --card: #ffffff; --text: #1c1c1e; --muted: #5c5c63; --line: #d9d9dd; --soft: #f1f1f3;
  --brand: #ef2b2d; --action: #c51a1c; --on-action: #ffffff; --link: #b3181a; --ring: #1c1c1e;
}
[data-site] { --ground: color-mix(in srgb, var(--brand) 5%, #f4f4f2); }
[data-site="sweatstack"] { --ground: #f4f4f2; }
[data-site="garmin"] { --brand: #1b6fb5; --action: #11588f; --link: #11588f; }
[data-site="intervals"] { --brand: #a8324a; --action: #93263d; --link: #93263d; }
[data-site="wahoo"] { --brand: #0b7a75; --action: #0a625e; --link: #0a625e; }
[data-site="mail"] { --brand: #4f5d75; --action: #3d4a60; --link: #3d4a60; }
${tints}
${tinted} { --brand: var(--tint); --action: var(--tint); --link: var(--tint); }
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131315; --card: #1e1e21; --text: #f2f2f3; --muted: #a9a9b1; --line: #3a3a40; --soft: #29292d;
    --brand: #ff5a5c; --action: #cf2224; --link: #ff8a8b; --ring: #ffffff;
  }
  [data-site] { --ground: color-mix(in srgb, var(--brand) 7%, #131315); }
  [data-site="sweatstack"] { --ground: #131315; }
  [data-site="garmin"] { --brand: #6db5ee; --action: #1b6fb5; --link: #8cc6f4; }
  [data-site="intervals"] { --brand: #ef8ba0; --action: #a8324a; --link: #f4a5b5; }
  [data-site="wahoo"] { --brand: #54cfc8; --action: #0b706b; --link: #7addd7; }
  [data-site="mail"] { --brand: #b4c0d6; --action: #4f5d75; --link: #b4c0d6; }
  ${tinted} { --brand: color-mix(in srgb, var(--tint) 45%, #fff); --action: var(--tint); --link: color-mix(in srgb, var(--tint) 40%, #fff); }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--text); -webkit-text-size-adjust: 100%; }
body {
  min-height: 100vh; min-height: 100dvh; margin: 0; padding: 1.125rem 1.25rem; display: grid; grid-template-rows: auto 1fr auto; gap: 1rem;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
body > header, body > main, body > footer { width: 100%; max-width: 27rem; margin-inline: auto; }
body > header { display: flex; align-items: center; gap: .55rem; padding-top: .25rem; }
body > header::before { content: ""; width: .75rem; height: .75rem; border-radius: .25rem; background: var(--brand); }
.site { font-size: 1.1875rem; font-weight: 700; letter-spacing: -.01em; }
main {
  align-self: start; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  overflow-wrap: anywhere;
}
footer { color: var(--muted); font-size: .8125rem; text-align: center; text-wrap: balance; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.2; letter-spacing: -.02em; text-wrap: balance; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
p { margin: 0 0 1rem; }
p:last-child, ul:last-child, form:last-child { margin-bottom: 0; }
a { color: var(--link); text-underline-offset: .18em; }
.lead, .muted { color: var(--muted); }
.small { font-size: .875rem; }
:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; border-radius: .25rem; }
form { margin: 0 0 1rem; }
label { display: block; margin-bottom: .3rem; font-size: .9375rem; font-weight: 600; }
input[type="email"], input[type="password"], input[type="text"] {
  width: 100%; min-height: 2.875rem; margin-bottom: 1rem; padding: .5rem .8rem; font: inherit; color: inherit;
  background: var(--card); border: 1px solid color-mix(in srgb, var(--text) 48%, var(--card)); border-radius: .625rem;
}
button, .button {
  display: flex; align-items: center; justify-content: center; width: 100%; min-height: 2.875rem; padding: .6rem 1rem; font: inherit;
  font-weight: 600; text-align: center; text-decoration: none; color: var(--on-action); background: var(--action);
  border: 1px solid transparent; border-radius: .625rem; cursor: pointer;
}
button:hover, .button:hover { background: color-mix(in srgb, var(--action) 88%, #000); }
button.quiet, .button.quiet { color: var(--text); background: transparent; border-color: color-mix(in srgb, var(--text) 48%, var(--card)); }
button.quiet:hover, .button.quiet:hover { background: var(--soft); }
.choices { display: grid; gap: .625rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.choices .button { justify-content: flex-start; gap: .75rem; color: var(--text); background: var(--card); border-color: var(--line); min-height: 3.375rem; }
.choices .button:hover { background: var(--soft); border-color: color-mix(in srgb, var(--text) 48%, var(--card)); }
.dot {
  display: grid; place-items: center; flex: none; width: 1.75rem; height: 1.75rem; border-radius: .5rem; color: #fff; font-size: .9375rem; font-weight: 700;
}
/* In the style, so that the name read aloud or searched for stays the words alone. */
.dot::before { content: attr(data-letter); content: attr(data-letter) / ""; }
.dot.garmin_connect { background: #1b6fb5; } .dot.intervals_icu { background: #a8324a; } .dot.wahoo { background: #0b7a75; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; }
details { margin: 0 0 1rem; border-top: 1px solid var(--line); padding-top: 1rem; }
details:last-child { margin-bottom: 0; }
summary { width: fit-content; padding: .15rem 0; color: var(--link); font-weight: 600; cursor: pointer; }
details > :nth-child(2) { margin-top: 1rem; }
.scopes { margin: 1.25rem 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: .75rem; }
.scopes li { padding: .7rem 1rem; }
.scopes li + li { border-top: 1px solid var(--line); }
.scopes label { display: flex; gap: .7rem; align-items: center; margin: 0; font-weight: 400; font-size: 1rem; }
.scopes input { width: 1.2rem; height: 1.2rem; margin: 0; accent-color: var(--action); flex: none; }
.scopes strong, .row strong { display: block; font-weight: 600; }
.row { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .85rem 0; border-top: 1px solid var(--line); }
.row form { margin: 0; flex: none; }
.row button, .row .button { width: auto; min-height: 2.5rem; padding: .35rem .9rem; }
.letter { padding: 1rem 0; border-top: 1px solid var(--line); }
.letter strong { display: block; font-weight: 600; }
.letter .button { margin-top: .75rem; }
.rows { margin: 1.25rem 0; padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
.notice { margin: 0 0 1.25rem; padding: .75rem 1rem; background: var(--soft); border-left: 4px solid var(--brand); border-radius: .5rem; }
.hint { padding: .75rem 1rem; background: var(--soft); border-radius: .5rem; font-size: .9375rem; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .9em; }
dl { margin: 1.25rem 0; } dt { font-weight: 600; } dd { margin: 0 0 .75rem; color: var(--muted); }
@media (forced-colors: active) { .dot, body > header::before { forced-color-adjust: none; } }
`;
