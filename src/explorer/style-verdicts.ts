/** The part of the style sheet for the grid of points, the headline and what holds. */
export const verdictStyle = `
.grid h2 { font-size: 17px; }
.grid .scroll { position: relative; max-height: min(60vh, 720px); overflow: auto; }
.grid table { border-collapse: collapse; font-size: 14px; }
.grid caption { text-align: start; font-family: var(--mono); font-size: 13px; color: var(--quiet); padding: 2px 0 6px; }
.grid th { text-align: start; font-weight: 600; padding: 3px 14px 3px 0; white-space: nowrap; }
.grid thead th { color: var(--quiet); font-size: 13px; font-family: var(--mono); position: sticky; top: 0; background: var(--panel); }
.grid tbody th { font-family: var(--mono); font-size: 13px; font-weight: 400; }
.grid tbody tr { border-top: 1px solid var(--sunk); }
.grid td { padding: 2px 10px 2px 0; white-space: nowrap; }
.grid th bdi, .grid .cell bdi { white-space: nowrap; }
.cell { display: inline-flex; gap: 8px; color: var(--quiet); font-size: 13px; align-items: baseline; width: 100%; text-align: start; font-variant-numeric: tabular-nums; }
button.cell { border-color: transparent; background: none; padding: 2px 6px; min-height: 30px; align-items: center; }
button.cell.shown { border-color: var(--accent); background: var(--accent-back); }
.cell.shown { color: var(--text); }
.conclusion { display: grid; grid-template-columns: minmax(0, 3fr) minmax(260px, 2fr); gap: 0 14px; align-items: start; }
.conclusion.alone { grid-template-columns: minmax(0, 1fr); }
.conclusion .headline, .conclusion .panel { margin-bottom: 14px; }
.conclusion .headline { align-content: start; }
.verdict .names { display: grid; gap: 2px; font-size: 14px; }
.verdict .sign { color: var(--good); font-weight: 700; }
.rests { font-size: 13px; color: var(--quiet); display: grid; gap: 2px; }
.rests bdi { color: var(--quiet); }
.failing { font-family: var(--mono); font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; }
.failing-entry { display: inline-flex; flex-wrap: wrap; gap: 2px 12px; background: var(--bad-back); border-radius: 4px; padding: 0 8px; }
.failing-entry .quiet { color: var(--text); font-style: italic; }
.reasons h2 { margin-top: 6px; color: var(--quiet); font-size: 14px; }
.record { gap: 2px 12px; }
.record .field ins, .record .field del { padding: 0 4px; }
.note { font-size: 13px; margin-top: 8px; }
.narrow { display: none; }
@media (min-width: 1900px) { #page { max-width: min(90vw, 2300px); } }
@media (max-width: 760px) {
  .grid thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .grid tbody, .grid table { display: block; }
  .grid tbody tr { display: flex; flex-wrap: wrap; padding: 6px 0; }
  .grid td { flex-basis: 100%; padding: 0; display: flex; gap: 8px; align-items: center; white-space: normal; }
  .grid td:empty { display: none; }
  .grid .narrow { display: inline; font-family: var(--mono); font-size: 13px; color: var(--quiet); }
  .grid td > .narrow { flex: 0 0 84px; overflow-wrap: anywhere; }
  .cell { flex-wrap: wrap; gap: 0 8px; }
}
@media (max-width: 900px) { .conclusion { grid-template-columns: minmax(0, 1fr); } }
`;
