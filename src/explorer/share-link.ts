import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';

/** How often faults may happen, by their names. */
export type Budgets = { readonly [name: string]: number };

/** A place in a walk, as it stands behind the # of an address. */
export interface Place {
  /** Values by parameter, as text; those left out have their defaults. */
  readonly set: { readonly [name: string]: string };
  /** Budgets of faults in place of the scenario's own. */
  readonly faults: Budgets;
  readonly init: number;
  /** How many of the words have been taken. */
  readonly at: number;
  readonly words: readonly string[];
}

/** `lock=both&init=1&at=2&do=attach1.reserve+detach1.begin`: readable, and safe in any address. */
export function placeText({ set, faults, init, at, words }: Place): string {
  const settings = Object.entries(set).map(
    ([name, value]) => `set.${encoded(name)}=${encoded(value)}`,
  );
  const budgets = Object.entries(faults).map(([name, times]) => `fault.${encoded(name)}=${times}`);
  const parts = [
    ...settings,
    ...budgets,
    ...(init === 0 ? [] : [`init=${init}`]),
    ...(at === words.length ? [] : [`at=${at}`]),
    ...(words.length === 0 ? [] : [`do=${scheduleText(words)}`]),
  ];
  return parts.join('&');
}

/** Words in an address; of a long walk it is made once, and not at every key. */
function scheduleText(words: Place['words']): string {
  const known = scheduleTexts.get(words);
  if (known !== undefined) return known;
  const text = words.map(escaped).join('+');
  scheduleTexts.set(words, text);
  return text;
}

const scheduleTexts = new WeakMap<Place['words'], string>();

/** The place that a text names; whatever it does not say, or says wrongly, is at its default. */
export function placeFrom(text: string): Place {
  const parts = text
    .replace(/^#/, '')
    .split('&')
    .flatMap((part): (readonly [string, string])[] => {
      const cut = part.indexOf('=');
      return cut < 0 ? [] : [[part.slice(0, cut), part.slice(cut + 1)]];
    });
  const last = (key: string): string | undefined => parts.findLast(([each]) => each === key)?.[1];
  const named = (prefix: string): (readonly [string, string])[] =>
    parts
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [unescaped(key.slice(prefix.length)), unescaped(value)]);
  const words = (last('do') ?? '').split('+').filter(Boolean).map(unescaped);
  const budgets = named('fault.').map(([name, times]) => [name, wholeNumber(times)] as const);
  return {
    set: Object.fromEntries(named('set.')),
    faults: Object.fromEntries(
      budgets.flatMap(([name, times]) => (times === undefined ? [] : [[name, times]])),
    ),
    init: wholeNumber(last('init')) ?? 0,
    at: Math.min(wholeNumber(last('at')) ?? words.length, words.length),
    words,
  };
}

/** The values of parameters that a place sets; texts that are not values of theirs are left out. */
export function pointFrom({ parameters }: Scenario, set: Place['set']): AnyPoint {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { values, default: usual }]) => [
      name,
      values.find((value) => String(value) === set[name]) ?? usual,
    ]),
  );
}

/** The parameters that are not at their defaults, as texts. */
export function settingsOf({ parameters }: Scenario, point: AnyPoint): Place['set'] {
  const others = Object.entries(point).filter(
    ([name, value]) => parameters[name]?.default !== value,
  );
  return Object.fromEntries(others.map(([name, value]) => [name, String(value)]));
}

/** The characters of schedule words that mean nothing in a fragment stay as they are. */
function escaped(word: string): string {
  return encoded(word).replace(/%(3D|2C|5B|5D|3A|2F|40)/g, (code) => decodeURIComponent(code));
}

/** Half a pair of surrogates cannot be encoded; no word that the model follows is lost by replacing it. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
