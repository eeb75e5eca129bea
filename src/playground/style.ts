/** The style sheet of the playground, beside the one of all pages. */
export const playgroundStyle = `
.playground { height: 100vh; overflow: hidden; }
.playground #page { max-width: none; height: 100%; padding: 0; display: grid; grid-template-rows: auto minmax(0, 1fr); }
.bar { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 8px 16px; border-bottom: 1px solid var(--line); background: var(--panel); }
.bar h1 { font-size: 16px; margin-inline-end: 8px; }
.bar [role='status'] { flex: 1 1 240px; font-size: 14px; color: var(--quiet); overflow-wrap: anywhere; }
.example { display: flex; gap: 6px; align-items: center; font-size: 13px; color: var(--quiet); min-width: 0; }
.example select { max-width: 260px; color: var(--text); }
.desk { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); min-height: 0; }
.editor { min-height: 0; min-width: 0; background: var(--panel); border-inline-end: 1px solid var(--line); }
.result { display: flex; flex-direction: column; min-height: 0; min-width: 0; }
.result > .notice { margin: 12px 16px 0; white-space: pre-wrap; }
.hint { padding: 24px; max-width: 60ch; }
.result iframe { flex: 1; width: 100%; border: 0; min-height: 0; }
.result iframe[hidden] { display: none; }
.framed #page { padding-top: 12px; }
.editor .cm-editor { height: 100%; font-size: 13px; background: var(--panel); color: var(--text); }
.editor .cm-scroller { font-family: var(--mono); line-height: 1.5; }
.editor .cm-gutters { background: var(--panel); color: var(--quiet); border-color: var(--line); }
.editor .cm-activeLine, .editor .cm-activeLineGutter { background: color-mix(in srgb, var(--sunk) 60%, transparent); }
.editor .cm-cursor { border-left-color: var(--text); }
.editor .cm-content { caret-color: var(--text); }
.editor .cm-panels { background: var(--sunk); color: var(--text); }
.editor .cm-tooltip { background: var(--panel); border-color: var(--line); }
.editor .tok-keyword { color: var(--accent); }
.editor :is(.tok-string, .tok-string2) { color: var(--good); }
.editor .tok-comment { color: var(--quiet); }
.editor :is(.tok-number, .tok-bool, .tok-atom) { color: var(--warn); }
.editor .tok-typeName { color: var(--quiet); }
@media (max-width: 900px) {
  .playground { height: auto; overflow: auto; }
  .desk { grid-template-columns: minmax(0, 1fr); grid-template-rows: 45vh 100vh; }
  .editor { border-inline-end: 0; border-bottom: 1px solid var(--line); }
}
`;
