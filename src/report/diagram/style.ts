/**
 * Colours are variables, light and dark, so that a page with the diagram can set them or choose
 * with `data-theme`. Marks also differ by shape, because not all readers see colours.
 */
export const diagramStyle = `
.rw { --bg: #ffffff; --ink: #1f2933; --soft: #52606d; --line: #9aa5b1; --band: #f5f7fa; --call: #1d4ed8; --reply: #6b7280;
  --lock: #7c3aed; --race: #b45309; --race-band: #fef3c7; --fail: #b91c1c; --fail-band: #fee2e2; }
@media (prefers-color-scheme: dark) { .rw { --bg: #14181d; --ink: #e4e7eb; --soft: #9fb3c8; --line: #52606d; --band: #1d232a;
  --call: #93c5fd; --reply: #9ca3af; --lock: #c4b5fd; --race: #fbbf24; --race-band: #3a2c0a; --fail: #fca5a5; --fail-band: #451a1a; } }
[data-theme="light"] .rw { --bg: #ffffff; --ink: #1f2933; --soft: #52606d; --line: #9aa5b1; --band: #f5f7fa; --call: #1d4ed8;
  --reply: #6b7280; --lock: #7c3aed; --race: #b45309; --race-band: #fef3c7; --fail: #b91c1c; --fail-band: #fee2e2; }
[data-theme="dark"] .rw { --bg: #14181d; --ink: #e4e7eb; --soft: #9fb3c8; --line: #52606d; --band: #1d232a; --call: #93c5fd;
  --reply: #9ca3af; --lock: #c4b5fd; --race: #fbbf24; --race-band: #3a2c0a; --fail: #fca5a5; --fail-band: #451a1a; }
.rw text { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--ink); }
.rw .paper { fill: var(--bg); } .rw .band { fill: var(--band); }
.rw .race-band { fill: var(--race-band); } .rw .fail-band { fill: var(--fail-band); }
.rw .title { font-size: 14px; font-weight: 600; } .rw .head { font-weight: 600; text-anchor: middle; }
.rw .soft { fill: var(--soft); } .rw .number { fill: var(--soft); text-anchor: end; } .rw .middle { text-anchor: middle; }
.rw .word { font-weight: 600; } .rw .irrelevant { opacity: 0.45; }
.rw .life { stroke: var(--line); stroke-dasharray: 2 4; fill: none; } .rw .group { fill: none; stroke: var(--line); }
.rw .dot { fill: var(--ink); } .rw .call { stroke: var(--call); fill: none; stroke-width: 1.5; } .rw .call-tip { fill: var(--call); }
.rw .reply { stroke: var(--reply); fill: none; stroke-width: 1.5; stroke-dasharray: 5 3; } .rw .reply-tip { fill: var(--reply); }
.rw .cross { stroke: var(--fail); stroke-width: 2.5; fill: none; } .rw .lock { fill: var(--lock); opacity: 0.85; }
.rw .lock-name { fill: var(--lock); font-size: 10px; } .rw .race { stroke: var(--race); stroke-width: 2; fill: none; }
.rw .race-text { fill: var(--race); font-weight: 600; } .rw .fail { stroke: var(--fail); stroke-width: 2.5; fill: none; }
.rw .fail-text { fill: var(--fail); font-weight: 600; }`;
