/** The part of the style sheet for steps, changes, states and properties. */
export const detailStyle = `
.steps { position: relative; overflow-y: auto; flex: 1; min-height: 138px; border-top: 1px solid var(--line); }
.steps:focus-visible { outline-offset: -2px; }
.steps-all { position: relative; }
.row {
  position: absolute; inset-inline: 0; height: 46px; display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 10px;
  align-items: center; padding: 0 14px 0 10px; cursor: pointer; border-bottom: 1px solid var(--sunk); border-inline-start: 4px solid transparent;
}
.row:hover { background: var(--sunk); }
.row.own { border-inline-start-color: var(--warn); }
.row.bad { background: var(--bad-back); }
.row.current { background: var(--accent-back); border-inline-start-color: var(--accent); }
.row.current.bad { border-inline-start-color: var(--bad); }
.row .number { color: var(--quiet); font-size: 12px; min-width: 22px; text-align: end; font-variant-numeric: tabular-nums; }
.row-text { min-width: 0; display: grid; line-height: 1.35; }
.row-text > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row-text bdi { white-space: pre; overflow-wrap: normal; }
.row-text .step-name { white-space: nowrap; }
.row-more { color: var(--quiet); font-size: 12px; }
.row-tags { display: flex; gap: 4px; }
.row.irrelevant:not(.current) .row-text { opacity: .72; }
.row.irrelevant .number::after { content: ' ·'; }
.row.loops .number::before { content: '↺ '; }
.tag {
  display: inline-block; padding: 0 7px; border-radius: 10px; font-size: 12px; line-height: 20px; font-weight: 600; white-space: nowrap;
  font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
  background: var(--sunk); color: var(--quiet);
}
.tag.violated, .tag.bad, .tag.gone { background: var(--bad-back); color: var(--bad); }
.row.bad .tag.bad { background: var(--panel); }
.tag.holds, .tag.new { background: var(--good-back); color: var(--good); }
.tag.undecided, .tag.own { background: var(--warn-back); color: var(--warn); }
.tag.next { background: var(--accent-back); color: var(--accent); }
.actor { padding: 0 6px; border-radius: 4px; background: var(--sunk); border-inline-start: 5px solid var(--actor, var(--quiet)); }
.actor-again { border-inline-start-style: double; }
.actor-0 { --actor: light-dark(#0072b2, #5aa9e6); }
.actor-1 { --actor: light-dark(#d55e00, #ff8a4c); }
.actor-2 { --actor: light-dark(#009e73, #35c79a); }
.actor-3 { --actor: light-dark(#cc79a7, #e79ac3); }
.actor-4 { --actor: light-dark(#e69f00, #ffc247); }
.actor-5 { --actor: light-dark(#56b4e9, #a9dcff); }
.actor-6 { --actor: light-dark(#857a00, #f0e442); }
.actor-7 { --actor: light-dark(#5b5b5b, #c8c8c8); }
.actor-fault { --actor: light-dark(#c22f3d, #ff8b94); }
.pick { color: var(--quiet); }
.card-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px; margin-bottom: 8px; }
.moves { display: flex; gap: 4px; }
.moves button { min-width: 40px; padding: 2px 8px; font-size: 20px; line-height: 1; }
.card-step { font-size: 15px; margin-bottom: 10px; }
.card-step .step-name { font-size: 15px; }
.changes { display: grid; gap: 4px; }
.changes li { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 3px 0; align-items: baseline; }
.card > .changes { border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; }
.card > .changes li + li { border-top: 1px solid var(--sunk); }
.path { color: var(--quiet); overflow-wrap: anywhere; min-width: 0; }
.difference { display: inline-flex; flex-wrap: wrap; gap: 2px 7px; align-items: baseline; min-width: 0; }
del { background: var(--bad-back); color: var(--bad); text-decoration: line-through; border-radius: 3px; padding: 0 4px; min-width: 0; }
ins { background: var(--good-back); color: var(--good); text-decoration: none; border-radius: 3px; padding: 0 4px; font-weight: 600; min-width: 0; }
.arrow { color: var(--quiet); }
.source { margin-top: 8px; font-size: 13px; }
.slots { margin-top: 8px; font-size: 13px; color: var(--quiet); }
.slots code { color: var(--text); background: var(--sunk); border-radius: 3px; padding: 0 4px; margin-inline-end: 4px; display: inline-block; max-width: 100%; }
summary { cursor: pointer; }
.locks { display: flex; flex-wrap: wrap; gap: 4px 8px; margin-top: 10px; align-items: baseline; font-size: 13px; }
.lock { background: var(--warn-back); color: var(--text); border-radius: 4px; padding: 0 8px; font-family: var(--mono); }
.lock .quiet { color: var(--text); font-style: italic; }
.state { display: grid; gap: 4px; margin-top: 4px; }
.state summary { padding: 2px 0; font-weight: 600; }
.state summary .quiet, .state summary .value { font-weight: 400; }
.state dl { padding-inline-start: 14px; border-inline-start: 2px solid var(--sunk); }
.entry { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 2px 6px; border-radius: 4px; }
.entry.changed, .value.changed { background: var(--accent-back); border-radius: 4px; }
.entry.changed .quiet { color: var(--text); }
.entry dt { min-width: 90px; max-width: 100%; }
.entry dd { display: flex; flex-wrap: wrap; gap: 0 14px; min-width: 0; }
.field { min-width: 0; max-width: 100%; }
.choices { display: grid; gap: 8px; }
.choice { display: grid; gap: 4px; width: 100%; text-align: start; padding: 8px 12px; }
.choice-name { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline; min-width: 0; }
.choice .changes { gap: 0; }
.choice .changes li { padding: 1px 0; }
.properties { display: grid; gap: 10px; }
.properties li { border-inline-start: 3px solid var(--line); padding-inline-start: 10px; }
.properties li.fails { border-color: var(--bad); }
.property-name { font-size: 14px; }
.property-facts { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: 13px; }
.truth { color: var(--quiet); }
.truth-holds { color: var(--good); }
.truth-holds::before { content: '✓ '; }
.truth-fails { color: var(--bad); font-weight: 600; }
.truth-fails::before { content: '✗ '; }
.part { font-size: 13px; }
.folded { margin-top: 12px; font-size: 14px; }
.folded .properties { margin-top: 10px; }
.empty { font-size: 13px; overflow-wrap: anywhere; }
.copied { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 8px; align-items: center; font-size: 13px; margin-top: 6px; }
.copied > span { min-width: 66px; color: var(--quiet); }
.copied input { min-width: 0; width: 100%; }
.panel [aria-live] > * { margin-top: 8px; }
progress { width: 100%; accent-color: var(--accent); }
.plain table { border-collapse: collapse; margin: 8px 0; }
.plain th, .plain td { text-align: start; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.plain summary h3 { display: inline; }
.plain details { margin-top: 12px; }
.plain ol { list-style: decimal; padding-inline-start: 3.5em; margin-top: 8px; }
.plain ol > li { margin-bottom: 8px; overflow-wrap: anywhere; }
.plain ol > li.bad { background: var(--bad-back); }
.plain li code { color: var(--quiet); }
.plain :is(code, del, ins, .why li) { unicode-bidi: isolate; white-space: pre-wrap; font-size: 13px; }
.scroll { overflow-x: auto; }
.diagram { padding: 12px 16px; }
.diagram summary h2 { display: inline; }
.diagram .scroll { margin-top: 10px; overflow: auto; max-height: min(72vh, 900px); border: 1px solid var(--sunk); border-radius: 6px; }
.diagram { position: relative; }
.zoom { position: absolute; inset-inline-end: 16px; top: 10px; display: flex; gap: 4px; align-items: center; font-size: 13px; }
.zoom button { min-width: 34px; min-height: 28px; padding: 0 8px; }
.diagram .rw { --bg: var(--panel); display: block; }
.diagram .step { cursor: pointer; }
.diagram .step.looked-at .word { text-decoration: underline; text-decoration-thickness: 2px; }

`;
