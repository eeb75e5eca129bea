import { figure, percent } from '../timed-text.ts';
import { xmlText } from '../xml.ts';
import { diagramStyle } from './style.ts';

/** How often a property fails at some loads. */
export interface LoadCurve {
  readonly name: string;
  readonly points: readonly { readonly perHour: number; readonly perRequest: number }[];
}

const size = { width: 720, height: 360, left: 80, right: 20, top: 48, bottom: 48 };
/** Curves differ by their dashes, because not all readers see colours. */
const dashes = ['', '6 3', '2 3', '8 3 2 3'];
/** Lines of the legend have this distance. */
const lineHeight = 16;

/** The probability for a request against the requests an hour, which grow by factors. */
export function loadSvg(title: string, curves: readonly LoadCurve[]): string {
  const loads = curves.flatMap(({ points }) => points.map(({ perHour }) => perHour));
  const shares = curves.flatMap(({ points }) => points.map(({ perRequest }) => perRequest));
  const [least, most] = [Math.min(...loads), Math.max(...loads)];
  const top = Math.max(...shares, 1e-12);
  const legend = curves.length * lineHeight;
  const right = size.width - size.right;
  const bottom = size.height - size.bottom;
  const x = (perHour: number): number =>
    size.left + ((right - size.left) * Math.log(perHour / least)) / Math.log(most / least);
  const y = (share: number): number => bottom - ((bottom - size.top) * share) / top;
  const text = (at: readonly [number, number], words: string, look: string): string =>
    `<text x="${round(at[0])}" y="${round(at[1])}" class="${look}">${xmlText(words)}</text>`;
  const line = (points: readonly (readonly [number, number])[], dash: string, look: string) =>
    `<polyline points="${points.map((at) => at.map(round).join(',')).join(' ')}" class="${look}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`;
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => part * top);
  const body = [
    text([size.left, 24], title, 'title'),
    ...marks.flatMap((share) => [
      line(
        [
          [size.left, y(share)],
          [right, y(share)],
        ],
        '',
        'group',
      ),
      text([size.left - 8, y(share) + 4], percent(share), 'number'),
    ]),
    ...decades(least, most).map((load) => text([x(load), bottom + 18], figure(load), 'head')),
    text([(size.left + right) / 2, size.height - 8], 'requests an hour', 'soft middle'),
    ...curves.flatMap(({ name, points }, i) => {
      const dash = dashes[i % dashes.length] as string;
      const place = size.height + i * lineHeight;
      return [
        line(
          points.map((at) => [x(at.perHour), y(at.perRequest)]),
          dash,
          'call',
        ),
        line(
          [
            [size.left, place + 4],
            [size.left + 28, place + 4],
          ],
          dash,
          'call',
        ),
        text([size.left + 36, place + 8], name, 'soft'),
      ];
    }),
  ];
  const height = size.height + legend + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rw" viewBox="0 0 ${size.width} ${height}" width="${size.width}" height="${height}" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<style>${diagramStyle}</style>`,
    `<rect class="paper" width="${size.width}" height="${height}"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The powers of ten from the least to the most. */
function decades(least: number, most: number): readonly number[] {
  const first = Math.ceil(Math.log10(least) - 1e-9);
  const last = Math.floor(Math.log10(most) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}
