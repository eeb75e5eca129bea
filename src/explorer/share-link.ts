import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { type Budgets, decoded, isCount, quoted, readAddress } from './read-address.ts';

/** A place in a walk, as the fragment of an address names it. */
export interface Place {
  /** The value of each parameter, as text; a missing one has its default. */
  readonly set: { readonly [name: string]: string };
  /** Fault budgets that replace the scenario's own. */
  readonly faults: Budgets;
  readonly init: number;
  /** The number of steps taken. */
  readonly at: number;
  readonly schedule: readonly string[];
  /** The number of steps before the part that repeats for ever. */
  readonly loopsTo?: number | undefined;
  /** The run stops after its last step. */
  readonly stops?: true | undefined;
}

/** `lock=both&init=1&at=2&do=attach1.reserve+detach1.begin`: readable, and valid in any address. */
export function placeText({ set, faults, init, at, schedule, loopsTo, stops }: Place): string {
  const settings = Object.entries(set).map(
    ([name, value]) => `set.${encoded(name)}=${encoded(value)}`,
  );
  const budgets = Object.entries(faults).map(([name, times]) => `fault.${encoded(name)}=${times}`);
  const parts = [
    ...settings,
    ...budgets,
    ...(init === 0 ? [] : [`init=${init}`]),
    ...(at === schedule.length ? [] : [`at=${at}`]),
    ...(loopsTo === undefined ? [] : [`loop=${loopsTo}`]),
    ...(stops === undefined ? [] : ['stops=1']),
    ...(schedule.length === 0 ? [] : [`do=${scheduleText(schedule)}`]),
  ];
  return parts.join('&');
}

/**
 * The schedule in an address. It is kept, because a long one would be written anew at every key.
 */
function scheduleText(schedule: Place['schedule']): string {
  const known = scheduleTexts.get(schedule);
  if (known !== undefined) return known;
  const text = schedule.map(escaped).join('+');
  scheduleTexts.set(schedule, text);
  return text;
}

const scheduleTexts = new WeakMap<Place['schedule'], string>();

/** A place, and the problems of the text that names it. With a problem there is no such place. */
export interface ReadPlace {
  readonly place: Place;
  readonly problems: readonly string[];
}

/** Reads the place in a text. */
export function placeFrom(text: string): ReadPlace {
  const { set, faults, others, problems } = readAddress(text.replace(/^#/, ''), [
    'init',
    'at',
    'loop',
    'stops',
    'do',
  ]);
  const written = others.get('do') ?? '';
  const schedule = (written === '' ? [] : written.split('+')).map(unescaped);
  const init = countFrom(others.get('init'), 0);
  const at = countFrom(others.get('at'), schedule.length);
  const { goesOn, wrong } = goesOnFrom(others, schedule.length);
  const taken = Math.min(at ?? 0, schedule.length);
  return {
    place: { set, faults, init: init ?? 0, at: taken, schedule, ...goesOn },
    problems: [
      ...problems,
      ...(schedule.includes('') ? ["'do' has a step without a name"] : []),
      ...(init === undefined ? ["'init' is not a number"] : []),
      ...(at === undefined ? ["'at' is not a number"] : []),
      ...(at !== undefined && at > schedule.length
        ? [`there is no step ${at}: there are ${schedule.length}`]
        : []),
      ...wrong,
    ],
  };
}

/** How the run goes on after its last step, if the text says. */
function goesOnFrom(
  others: ReadonlyMap<string, string>,
  steps: number,
): { readonly goesOn: Pick<Place, 'loopsTo' | 'stops'>; readonly wrong: readonly string[] } {
  const [loop, stops] = [others.get('loop'), others.get('stops')];
  if (loop !== undefined && stops !== undefined) {
    return { goesOn: {}, wrong: ['a run that stops repeats nothing'] };
  }
  if (stops !== undefined) {
    return stops === '1'
      ? { goesOn: { stops: true }, wrong: [] }
      : { goesOn: {}, wrong: ["'stops' can only be 1"] };
  }
  if (loop === undefined) return { goesOn: {}, wrong: [] };
  const loopsTo = countFrom(loop, 0);
  return loopsTo !== undefined && loopsTo < steps
    ? { goesOn: { loopsTo }, wrong: [] }
    : { goesOn: {}, wrong: [`no step comes after 'loop' steps: there are ${steps}`] };
}

/** A point of a scenario, and the settings that do not exist. */
export interface ReadPoint {
  readonly point: AnyPoint;
  readonly problems: readonly string[];
}

/** The point that texts set, with the other parameters at their defaults. */
export function pointFrom({ parameters }: Scenario, set: Place['set']): ReadPoint {
  const names = Object.keys(parameters);
  const unknown = Object.keys(set).filter((name) => !names.includes(name));
  const problems = unknown.map(
    (name) => `there is no parameter ${quoted(name)}: there are ${names.join(', ') || 'none'}`,
  );
  const point: { [name: string]: AnyPoint[string] } = {};
  for (const [name, { values, default: usual }] of Object.entries(parameters)) {
    const text = Object.hasOwn(set, name) ? set[name] : String(usual);
    const value = text === String(usual) ? usual : values.find((each) => String(each) === text);
    point[name] = value ?? usual;
    if (value !== undefined) continue;
    problems.push(`${name} cannot be ${quoted(text ?? '')}: it can be ${values.join(', ')}`);
  }
  return { point, problems };
}

/** The parameters that differ from their defaults, as texts. */
export function settingsOf({ parameters }: Scenario, point: AnyPoint): Place['set'] {
  const others = Object.entries(point).filter(
    ([name, value]) => parameters[name]?.default !== value,
  );
  return Object.fromEntries(others.map(([name, value]) => [name, String(value)]));
}

/** Leaves characters of schedule entries that have no meaning in a fragment unescaped. */
function escaped(entry: string): string {
  return encoded(entry).replace(/%(3D|2C|5B|5D|3A|2F|40)/g, (code) => decodeURIComponent(code));
}

/**
 * Half a surrogate pair cannot be encoded and is replaced. No entry that a model follows contains
 * one.
 */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Cannot throw, because the whole text was decoded before. */
function unescaped(text: string): string {
  return decoded(text) ?? text;
}

/** The number in a text; undefined for any other text. */
function countFrom(text: string | undefined, usual: number): number | undefined {
  if (text === undefined) return usual;
  return isCount(text) ? Number(text) : undefined;
}
