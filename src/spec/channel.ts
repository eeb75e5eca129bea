import { type Fault, makeFault } from './action.ts';
import { blocked } from './blocked.ts';
import type { Draft, Immutable } from './draft.ts';
import type { Pick } from './pick.ts';
import type { Plain } from './plain.ts';
import { quoted, refuse } from './refuse.ts';

/** A channel without order: the copies of each message, by its text. Begin with `{}`. */
export type Bag<M> = { [text: string]: { readonly message: M; readonly copies: number } };

/** The message type of a field that is a channel. A list keeps the order, a bag does not. */
export type MessageOf<F> = F extends readonly (infer M)[]
  ? M
  : F extends { readonly [text: string]: { readonly message: infer M; readonly copies: number } }
    ? M
    : never;

/** The names of the fields of S that can be channels. */
export type ChannelOf<S> = {
  [K in keyof S]-?: [MessageOf<S[K]>] extends [never] ? never : K;
}[keyof S] &
  string;

export interface ChannelOptions {
  /**
   * The largest number of messages in the channel. A step that sends one more is not enabled. By
   * default there is no bound.
   */
  readonly capacity?: number;
}

/** The budget of a fault of a channel. */
export interface ChannelFault {
  readonly times?: number;
}

/** A channel of messages in systems whose state is S. */
export interface Channel<S, M> {
  /**
   * Sends a message as it is now: what the step writes to its parts afterwards is not sent. The
   * step is not enabled while the channel is full.
   */
  send(state: Draft<S>, message: M): void;
  /**
   * Takes a message of which `isMeant` is true and returns it: of a list only the first message, of
   * a bag any, by a pick called 'message'. The step is not enabled where there is none.
   */
  receive(state: Draft<S>, pick: Pick, isMeant?: (message: Immutable<M>) => boolean): M;
  /** Whether `receive` finds a message; for guards and properties. */
  has(state: Immutable<S>, isMeant?: (message: Immutable<M>) => boolean): boolean;
  /** The messages in the channel: of a list in order, of a bag each once. */
  messages(state: Immutable<S>): readonly Immutable<M>[];
  /** Makes a fault that loses any message: '<field>_loses'. */
  loses(options?: ChannelFault): Fault<S>;
  /** Makes a fault by which a message arrives once more: '<field>_repeats'. */
  repeats(options?: ChannelFault): Fault<S>;
}

/** Makes a channel over a field of the state. The types are forgotten here, as in makeFlow. */
export function makeChannel<S extends object, K extends ChannelOf<S>>(
  field: K,
  { capacity = Number.POSITIVE_INFINITY }: ChannelOptions = {},
): Channel<S, MessageOf<S[K]>> {
  if (capacity !== Number.POSITIVE_INFINITY && !(Number.isInteger(capacity) && capacity >= 1)) {
    refuse(
      `channel '${field}'`,
      `its capacity is ${quoted(capacity)}`,
      'Give it a whole number of messages, at least 1.',
    );
  }
  type M = MessageOf<S[K]>;
  const of = (state: object) => contentOf(state, field);
  const any = () => true;
  const loses: Channel<S, M>['loses'] = ({ times = 1 } = {}) =>
    makeFault<S>({
      name: `${field}_loses`,
      times,
      do: (state, pick) => {
        const content = of(state);
        content.take(chosen(content, content.places(any), pick));
      },
    });
  const repeats: Channel<S, M>['repeats'] = ({ times = 1 } = {}) =>
    makeFault<S>({
      name: `${field}_repeats`,
      times,
      do: (state, pick) => {
        const content = of(state);
        if (content.count() >= capacity) blocked();
        content.repeat(chosen(content, content.places(any), pick));
      },
    });
  return {
    send(state, message) {
      const content = of(state);
      if (content.count() >= capacity) blocked();
      content.add(copyOf(message as Plain));
    },
    receive(state, pick, isMeant = any) {
      const content = of(state);
      const places = content.receivable(isMeant as (message: Plain) => boolean);
      if (places.length === 0) blocked();
      // A list offers no choice, so the schedule names nothing.
      return content.take(
        content.isOrdered ? (places[0] as Place) : chosen(content, places, pick),
      ) as M;
    },
    has: (state, isMeant = any) =>
      of(state).receivable(isMeant as (message: Plain) => boolean).length > 0,
    messages: (state) => of(state).messages() as readonly Immutable<M>[],
    loses,
    repeats,
  };
}

/** The place of a message: the index in a list, the text in a bag. */
type Place = number | string;

/**
 * Picks a place. The schedule names the message in a bag, and the place in a list, where two
 * messages may be equal.
 */
function chosen(content: Content, places: readonly Place[], pick: Pick): Place {
  if (content.isOrdered) return pick('place', places);
  const messages = places.map((place) => content.at(place) as string);
  return textOf(pick('message', messages));
}

/** The messages of a channel. */
interface Content {
  readonly isOrdered: boolean;
  count(): number;
  messages(): readonly Plain[];
  /** The places of the messages of which `isMeant` is true. */
  places(isMeant: (message: Plain) => boolean): readonly Place[];
  /** The places of the messages that can be received now. */
  receivable(isMeant: (message: Plain) => boolean): readonly Place[];
  at(place: Place): Plain;
  add(message: Plain): void;
  take(place: Place): Plain;
  repeat(place: Place): void;
}

function contentOf(state: object, field: string): Content {
  const value = (state as { readonly [name: string]: unknown })[field];
  if (Array.isArray(value)) return listContent(value);
  if (typeof value === 'object' && value !== null) return bagContent(value as Bag<Plain>);
  return refuse(
    `channel '${field}'`,
    'the state has neither a list nor a bag there',
    `Begin with one: init: () => ({ ${field}: [] }) in order, or {} in any order.`,
  );
}

function listContent(list: Plain[]): Content {
  const places = (isMeant: (message: Plain) => boolean) =>
    [...list.keys()].filter((i) => isMeant(list[i] as Plain));
  return {
    isOrdered: true,
    count: () => list.length,
    messages: () => list,
    places,
    receivable: (isMeant) => places(isMeant).filter((i) => i === 0),
    at: (place) => list[place as number] as Plain,
    add: (message) => list.push(message),
    take: (place) => list.splice(place as number, 1)[0] as Plain,
    repeat: (place) => list.splice(place as number, 0, list[place as number] as Plain),
  };
}

function bagContent(bag: Bag<Plain>): Content {
  const places = (isMeant: (message: Plain) => boolean) =>
    Object.entries(bag)
      .filter(([, { message }]) => isMeant(message))
      .map(([text]) => text)
      .sort();
  const change = (text: string, message: Plain, by: number): void => {
    const copies = (bag[text]?.copies ?? 0) + by;
    if (copies === 0) delete bag[text];
    else bag[text] = { message, copies };
  };
  return {
    isOrdered: false,
    count: () => Object.values(bag).reduce((sum, { copies }) => sum + copies, 0),
    messages: () => Object.values(bag).map(({ message }) => message),
    places,
    receivable: places,
    at: (place) => (bag[place] as Bag<Plain>[string]).message,
    add: (message) => change(textOf(message), message, 1),
    take(place) {
      const { message } = bag[place] as Bag<Plain>[string];
      change(place as string, message, -1);
      return message;
    },
    repeat: (place) => change(place as string, (bag[place] as Bag<Plain>[string]).message, 1),
  };
}

/**
 * A copy of a message, so that it shares no part with the state. What is no plain data stays as it
 * is, and the checker refuses it by name.
 */
function copyOf(message: Plain, above: readonly object[] = []): Plain {
  if (typeof message !== 'object' || message === null || above.includes(message)) return message;
  const chain = [...above, message];
  if (!isData(message)) return message;
  if (Array.isArray(message)) return message.map((part) => copyOf(part, chain));
  const fields = Object.entries(message).map(([name, part]) => [name, copyOf(part, chain)]);
  return Object.fromEntries(fields);
}

/** Whether a message is a list or a record of its entries, and nothing else. */
function isData(message: object): boolean {
  const properties = Object.getOwnPropertyDescriptors(message);
  const keys = Reflect.ownKeys(properties);
  const isVisible = Object.values(properties).every(({ get, set }) => !get && !set);
  const prototype: unknown = Object.getPrototypeOf(message);
  if (Array.isArray(message)) {
    // A hole stays one in the copy.
    return isVisible && prototype === Array.prototype && keys.length === message.length + 1;
  }
  const isRecord = prototype === Object.prototype || prototype === null;
  return isRecord && isVisible && keys.length === Object.keys(message).length;
}

/**
 * A text for each message, the same for equal ones whatever the order of their keys, and different
 * for others.
 */
function textOf(message: Plain): string {
  if (Array.isArray(message)) return `[${message.map(textOf).join(' ')}]`;
  if (typeof message === 'object' && message !== null) {
    const fields = Object.entries(message).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${fields.map(([name, value]) => `${wordOf(name)}:${textOf(value)}`).join(' ')}}`;
  }
  return typeof message === 'string' ? wordOf(message) : JSON.stringify(message);
}

/** The text without quotes, unless it looks like a number, a boolean or null. */
const wordOf = (text: string): string =>
  /^[A-Za-z_][\w-]*$/.test(text) && !['true', 'false', 'null'].includes(text)
    ? text
    : JSON.stringify(text);
