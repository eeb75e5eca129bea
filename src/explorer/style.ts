import { diagramStyle } from '../report/diagram/style.ts';
import { detailStyle } from './style-details.ts';
import { verdictStyle } from './style-verdicts.ts';

/**
 * The style sheet of every page. `light-dark` follows the system, unless the switch sets the
 * attribute on the root. Words say whatever a colour says.
 */
const frameStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #14171c);
  --panel: light-dark(#ffffff, #1c2027);
  --sunk: light-dark(#eef0f4, #262b34);
  --line: light-dark(#d5dae2, #363d49);
  --text: light-dark(#1b2027, #e6e9ee);
  --quiet: light-dark(#57606d, #a3adba);
  --accent: light-dark(#2350c4, #8fb2ff);
  --accent-back: light-dark(#e6edff, #263354);
  --good: light-dark(#11693a, #6fd69a);
  --good-back: light-dark(#def5e7, #17372a);
  --bad: light-dark(#b1202c, #ff9b9b);
  --bad-back: light-dark(#fde8e8, #452128);
  --warn: light-dark(#7d4e00, #f0c36a);
  --warn-back: light-dark(#fdf1d8, #3d3117);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace;
  --radius: 8px;
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
}
#page { max-width: 1560px; margin: 0 auto; padding: 0 20px 32px; }
h1, h2, h3, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; }
h1 { font-size: 21px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 15px; }
h3 { font-size: 13px; color: var(--quiet); margin-top: 16px; }
ul, ol { list-style: none; }
fieldset { border: 0; min-width: 0; }
bdi { overflow-wrap: anywhere; white-space: pre-wrap; }
code, .path, .difference, .step-name, .state, kbd, .copied input, .row-more { font-family: var(--mono); font-size: 13px; }
.quiet { color: var(--quiet); }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
button, select, input[type='search'], input[type='number'], .copied input {
  font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line);
  border-radius: 6px; padding: 5px 10px; min-height: 34px;
}
button { cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--accent); }
button:disabled { opacity: .45; cursor: default; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--panel); font-weight: 600; padding: 5px 18px; }
button.link { border: 0; background: none; color: var(--accent); padding: 2px 0; min-height: 28px; text-decoration: underline; text-align: start; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
kbd {
  display: inline-block; min-width: 20px; padding: 0 5px; text-align: center; color: var(--quiet);
  background: var(--sunk); border: 1px solid var(--line); border-radius: 4px; font-size: 12px; line-height: 18px;
}
.top { display: grid; grid-template-columns: 1fr auto; gap: 2px 20px; padding: 16px 0 12px; align-items: start; }
.top > div { grid-column: 1; }
.brand { grid-column: 1; color: var(--quiet); font-size: 13px; letter-spacing: .02em; }
.about { color: var(--quiet); max-width: 85ch; font-size: 14px; }
.themes { grid-column: 2; grid-row: 1 / span 2; display: flex; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: var(--panel); }
.themes label { padding: 4px 10px; font-size: 13px; cursor: pointer; color: var(--quiet); }
.themes label.chosen { background: var(--accent-back); color: var(--text); font-weight: 600; }
.themes label:focus-within { outline: 2px solid var(--accent); outline-offset: -2px; }
.themes input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.setup { display: flex; flex-wrap: wrap; gap: 8px 14px; padding: 0 0 12px; }
.setup label, .runs { display: grid; gap: 2px; font-size: 13px; min-width: 0; }
.setup label > span, .runs > span { color: var(--quiet); }
.setup input { width: 90px; }
.bounds > div { display: grid; gap: 6px; padding-top: 8px; }
.bounds label { display: flex; justify-content: space-between; gap: 8px; align-items: center; font-size: 13px; }
.bounds input { width: 130px; }
.setup select, .runs select { min-width: 90px; max-width: 100%; }
.setup .advanced { flex-basis: 100%; font-size: 13px; color: var(--quiet); }
.setup .advanced > div { display: flex; flex-wrap: wrap; gap: 8px 14px; padding-top: 8px; color: var(--text); }
.headline { padding: 12px 16px; margin-bottom: 12px; background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); display: grid; gap: 6px; min-width: 0; }
.headline-text { font-size: 17px; }
.settings { font-family: var(--mono); font-size: 13px; }
.why { font-size: 14px; max-width: 100ch; list-style: disc; padding-inline-start: 20px; }
.notice { padding: 10px 14px; margin-bottom: 12px; border-radius: var(--radius); background: var(--warn-back); color: var(--warn); overflow-wrap: anywhere; }
.problem { color: var(--bad); }
.columns { display: grid; grid-template-columns: minmax(290px, 380px) minmax(0, 1fr) minmax(260px, 330px); gap: 14px; align-items: start; }
.columns > * { min-width: 0; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); padding: 12px 16px; margin-bottom: 14px; min-width: 0; }
.panel > h2 { margin-bottom: 8px; }
.run { position: sticky; top: 10px; background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); display: flex; flex-direction: column; max-height: calc(100vh - 20px); }
.run > h2 { padding: 12px 14px 6px; }
.search { display: flex; align-items: center; gap: 8px; padding: 0 14px 8px; font-size: 13px; }
.search input { flex: 1; min-width: 0; }
.keys { padding: 8px 14px; font-size: 12px; border-top: 1px solid var(--line); line-height: 24px; }
@media (max-width: 1120px) {
  .columns { grid-template-columns: minmax(260px, 340px) minmax(0, 1fr); }
  .columns > aside { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 0 14px; align-items: start; }
}
@media (max-width: 760px) {
  #page { padding: 0 12px 24px; }
  .top { grid-template-columns: 1fr auto; }
  .top > div { grid-column: 1 / -1; }
  .themes { grid-row: 1; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .run { position: static; max-height: 340px; }
  .keys { display: none; }
  .setup { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .setup .advanced { grid-column: 1 / -1; }
  .setup .advanced > div { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .setup label > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .setup :is(select, input) { width: 100%; min-width: 0; }
  .runs select { width: 100%; }
}
@media print { .themes, .search, .moves, .keys { display: none; } .run { position: static; max-height: none; } }
`;

/** The whole style sheet. It contains no `<`, so a style element can hold it unescaped. */
export const style = frameStyle + detailStyle + verdictStyle + diagramStyle;
