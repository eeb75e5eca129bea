import { type Holding, type Lane, laneName, type Message } from '../space-time.ts';
import { shorten, widthOf } from '../text-width.ts';
import { printable } from '../value-text.ts';
import { xmlText } from '../xml.ts';
import { type Layout, laneTitle, type Row, sizes } from './layout.ts';

const headColumns = Math.floor((sizes.lane - 8) / sizes.character);

/** Headings and lifelines; lanes of one operation stand under its name. */
export function laneMarks({ spaceTime, x, top, bottom }: Layout): string[] {
  const groups = new Map<string, Lane[]>();
  for (const lane of spaceTime.lanes) {
    groups.set(lane.group, [...(groups.get(lane.group) ?? []), lane]);
  }
  const heads = [...groups].flatMap(([group, lanes]) => {
    const [left, right] = [at(x, lanes[0]?.id), at(x, lanes.at(-1)?.id)];
    const name = shorten(printable(group === '' ? 'system' : group), headColumns * lanes.length);
    return [
      `<rect class="group" x="${left - sizes.lane / 2 + 4}" y="${top - sizes.heads + 4}" width="${right - left + sizes.lane - 8}" height="${sizes.heads - 12}" rx="6"/>`,
      `<text class="head" x="${(left + right) / 2}" y="${top - sizes.heads + 20}">${xmlText(name)}</text>`,
    ];
  });
  const lives = spaceTime.lanes.flatMap((lane) => [
    `<path class="life" d="M${at(x, lane.id)} ${top - 6}V${bottom}"/>`,
    `<text class="soft middle" x="${at(x, lane.id)}" y="${top - sizes.heads + 35}">${xmlText(shorten(printable(laneTitle(lane)), headColumns))}<title>${xmlText(hint(lane))}</title></text>`,
  ]);
  return [...heads, ...lives];
}

/** Crosses where a step of another process ended a process in the middle of its work. */
export function deathMarks({ spaceTime, rows, x }: Layout): string[] {
  return spaceTime.deaths.map(({ lane, step }) => crossAt(at(x, lane), rowAt(rows, step)?.y ?? 0));
}

function hint({ id, flows }: Lane): string {
  return shorten(printable([laneName(id), ...flows].join(', ')), 200);
}

/** Arrows: calls, answers (dashed), and messages that are lost or still on their way at the end. */
export function messageMarks({ spaceTime, rows, x, bottom }: Layout): string[] {
  return spaceTime.messages.flatMap((message) => {
    const [x1, x2] = [at(x, message.from), at(x, message.to)];
    const y1 = rowAt(rows, message.sent)?.y ?? 0;
    const end = message.arrives ?? message.lost;
    const y2 = rowAt(rows, end)?.y ?? bottom - 6;
    const name = `<title>${xmlText(messageText(message))}</title>`;
    const line = `<path class="${message.kind}" d="M${x1} ${y1}L${x2} ${y2}">${name}</path>`;
    if (message.lost !== undefined) return [line, crossAt(x2, y2)];
    if (message.arrives === undefined) {
      return [line, `<circle class="${message.kind}" cx="${x2}" cy="${y2}" r="4"/>`];
    }
    return [line, tip(message.kind, { x1, y1, x2, y2 })];
  });
}

function messageText({ kind, from, to, sent, arrives, lost }: Message): string {
  const end =
    lost !== undefined
      ? `lost in step ${lost}`
      : arrives === undefined
        ? 'on its way'
        : `taken in step ${arrives}`;
  return shorten(printable(`${kind} from ${from} to ${to}, sent in step ${sent}, ${end}`), 200);
}

function crossAt(x: number, y: number): string {
  return `<path class="cross" d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12"/>`;
}

/** The head of an arrow, just before the dot of the step at which it ends. */
function tip(
  kind: string,
  { x1, y1, x2, y2 }: { x1: number; y1: number; x2: number; y2: number },
): string {
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  return `<path class="${kind}-tip" transform="translate(${x2} ${y2}) rotate(${angle.toFixed(1)})" d="M-5 0l-9 -4v8z"/>`;
}

/** Bars beside the lifeline of the holder, several locks side by side. */
export function lockMarks({ spaceTime, rows, x, top, bottom }: Layout): string[] {
  return spaceTime.holdings.flatMap((holding) => {
    const { lock, holder, from, to } = holding;
    const left = at(x, holder) - 14 - 9 * depthOf(holding, spaceTime.holdings);
    const begin = rowAt(rows, from)?.y ?? top;
    const end = rowAt(rows, to)?.y ?? bottom - 4;
    const name = printable(lock);
    const room = Math.floor((end - begin - 8) / 6.1);
    const rotated = `translate(${left - 5} ${(begin + end) / 2}) rotate(-90)`;
    return [
      `<rect class="lock" x="${left}" y="${begin}" width="5" height="${Math.max(4, end - begin)}" rx="2"><title>${xmlText(shorten(`${name} is held by ${printable(holder)}`, 200))}</title></rect>`,
      ...(room < Math.min(8, widthOf(name))
        ? []
        : [
            `<text class="lock-name middle" transform="${rotated}">${xmlText(shorten(name, room))}</text>`,
          ]),
    ];
  });
}

/** How many locks the holder has when it takes this one. */
function depthOf(holding: Holding, all: readonly Holding[]): number {
  return (
    all.filter(
      (other) =>
        other !== holding &&
        other.holder === holding.holder &&
        all.indexOf(other) < all.indexOf(holding) &&
        (other.to === undefined || other.to > holding.from),
    ).length * 2
  );
}

export function at(x: ReadonlyMap<string, number>, lane: string | undefined): number {
  return x.get(lane ?? '') ?? sizes.margin + sizes.number;
}

export function rowAt(rows: readonly Row[], number: number | undefined): Row | undefined {
  return number === undefined ? undefined : rows[number - 1];
}
