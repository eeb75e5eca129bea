// The inner loop of a search breadth first, in AssemblyScript. What it does is what
// src/checker/expansion/carried-expansion.ts does, for states in which nothing has to be evaluated;
// ADR 21 says how the two share their work. WIDTH_OF_STATE and WORDS_OF_SET are put in by
// scripts/build-kernel.mjs, 0 where they are known only at run time, and so are the names of
// src/checker/kernel/parameters.ts, in capitals: addresses of parameters, and reasons to return.

// @ts-ignore: a decorator of AssemblyScript
@inline
function get(parameter: usize): i32 {
  return load<i32>(parameter);
}

// @ts-ignore
@inline
function address(parameter: usize): usize {
  return <usize>load<u32>(parameter);
}

/** Words of a state. */
// @ts-ignore
@inline
function width(): i32 {
  return WIDTH_OF_STATE != 0 ? WIDTH_OF_STATE : get(WIDTH);
}

/** Words of a set of actors. */
// @ts-ignore
@inline
function sets(): i32 {
  return WORDS_OF_SET != 0 ? WORDS_OF_SET : get(SETS);
}

// A leaf: first outcome, outcomes that change something, all outcomes, whether its steps need no
// further judgement; then what it reads and what any outcome writes.
// @ts-ignore
@inline
function leafAddress(leaves: usize, leaf: i32): usize {
  return leaves + (<usize>(leaf * (LEAF_HEAD + 2 * width())) << 2);
}

// An outcome: the program that judges the states it leads to, the version of its sets; then its mask, what it
// writes, the actors that it may affect and those of which it is independent.
// @ts-ignore
@inline
function outcomeAddress(outcomes: usize, outcome: i32): usize {
  return outcomes + (<usize>(outcome * (OUTCOME_HEAD + 2 * width() + 2 * sets())) << 2);
}

/** The leaf of a tree for a state, as 0 (none is known) or -(leaf + 1). */
// @ts-ignore
@inline
function walk(roots: usize, pool: usize, actor: i32, state: usize): i32 {
  return walkFrom(load<i32>(roots + (<usize>actor << 2)), pool, state);
}

// @ts-ignore
@inline
function walkFrom(root: i32, pool: usize, state: usize): i32 {
  let node = root;
  while (node > 0) {
    const at = pool + (<usize>node << 2);
    const word = load<u32>(state + (<usize>load<u32>(at) << 2));
    const number = (word >>> load<u32>(at, 4)) & load<u32>(at, 8);
    if (number >= load<u32>(at, 16)) return 0;
    node = load<i32>(pool + ((<usize>load<u32>(at, 12) + <usize>number) << 2));
  }
  return node;
}

/** Follows a program of questions about a state to its end, DECIDES_NOTHING or MUST_JUDGE. */
function judge(start: i32, state: usize): i32 {
  const roots = address(TEST_ROOTS);
  const pool = address(TEST_POOL);
  const programs = address(PROGRAMS);
  let place = start;
  while (place > 0) {
    const at = programs + (<usize>place << 2);
    const tree = load<i32>(at);
    let isTrue: bool;
    if (tree == IS_THERE) {
      const word = load<u32>(state + (<usize>load<u32>(at, 12) << 2));
      const number = (word >>> load<u32>(at, 16)) & load<u32>(at, 20);
      if (number >= load<u32>(at, 28)) return MUST_JUDGE;
      isTrue = number != load<u32>(at, 24);
    } else {
      const root = roots + (<usize>(tree * TEST_HEAD) << 2);
      const leaf = walkFrom(load<i32>(root), pool, state);
      if (leaf == 0) return MUST_JUDGE;
      store<i32>(root, load<i32>(root, 4) + 1, 4);
      // Leaf 1 is true.
      isTrue = leaf == -2;
    }
    place = isTrue ? load<i32>(at, 4) : load<i32>(at, 8);
  }
  return place;
}

/** Do two sets of bits of a state meet? */
// @ts-ignore
@inline
function meet(one: usize, other: usize): bool {
  let both = 0;
  for (let w = 0; w < width(); w++) {
    both |= load<i32>(one + (<usize>w << 2)) & load<i32>(other + (<usize>w << 2));
  }
  return both != 0;
}

/** The lowest bits of a word: none below 0, all from 32 on. */
// @ts-ignore
@inline
function lowBits(count: i32): i32 {
  return count >= 32 ? -1 : count <= 0 ? 0 : (1 << count) - 1;
}

// By actor: its leaf in the state for which it was looked for last, and that state.
// @ts-ignore
@inline
function leafOf(
  actors: usize,
  roots: usize,
  pool: usize,
  actor: i32,
  number: i32,
  state: usize,
): i32 {
  const at = actors + (<usize>actor << 3);
  if (load<i32>(at, 4) == number) return load<i32>(at);
  const leaf = walk(roots, pool, actor, state);
  store<i32>(at, leaf);
  store<i32>(at, number, 4);
  return leaf;
}

// The sets of actors that parameters.ts names, one after the other; behind them, given from outside,
// by actor what its leaves ever read and wrote.
// @ts-ignore
@inline
function scratch(base: usize, set: i32, word: i32): usize {
  return base + (<usize>(set * sets() + word) << 2);
}
// @ts-ignore
@inline
function everRead(actor: i32): usize {
  return scratch(address(SCRATCH), SETS_KEPT, 0) + (<usize>(actor * width()) << 2);
}

// @ts-ignore
@inline
function everWritten(actor: i32): usize {
  return everRead(get(ACTOR_COUNT)) + (<usize>(actor * width()) << 2);
}

/** Finds the actors that an outcome may affect, and those of which it is independent. */
function refresh(outcome: usize, leaf: usize): void {
  store<i32>(outcome, get(VERSION), 4);
  const written = outcome + (<usize>(OUTCOME_HEAD + width()) << 2);
  const affected = written + (<usize>width() << 2);
  const independent = affected + (<usize>sets() << 2);
  const reads = leaf + (LEAF_HEAD << 2);
  for (let w = 0; w < 2 * sets(); w++) store<i32>(affected + (<usize>w << 2), 0);
  const actors = get(ACTOR_COUNT);
  for (let actor = 0; actor < actors; actor++) {
    const at = <usize>(actor >>> 5) << 2;
    const bit = 1 << (actor & 31);
    if (meet(written, everRead(actor))) {
      store<i32>(affected + at, load<i32>(affected + at) | bit);
    } else if (!meet(reads, everWritten(actor))) {
      store<i32>(independent + at, load<i32>(independent + at) | bit);
    }
  }
}

// @ts-ignore
@inline
function mix(hash: i32, word: i32): i32 {
  const mixed = (hash ^ word) * <i32>0x85ebca6b;
  return mixed ^ (mixed >>> 15);
}

// @ts-ignore
@inline
function finish(hash: i32): i32 {
  const mixed = hash * <i32>0xc2b2ae35;
  return mixed ^ (mixed >>> 16);
}

/** The hash of the state that differs from another one by a mask. */
// @ts-ignore
@inline
function hashOf(state: usize, mask: usize): i32 {
  let mixed = <i32>0x9e3779b9;
  for (let w = 0; w < width(); w++) {
    const at = <usize>w << 2;
    mixed = mix(mixed, load<i32>(state + at) ^ load<i32>(mask + at));
  }
  return finish(mixed);
}

/** A bit for each of the sixteen entries of a bucket. */
// @ts-ignore
@inline
function bits(a: v128, b: v128, c: v128, d: v128): i32 {
  return i8x16.bitmask(
    i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)),
  );
}

let freePlace: usize = 0;

/** The number of a state, or -1: `freePlace` is then where its entry belongs. */
// @ts-ignore
@inline
function find(
  table: usize,
  low: i32,
  words: usize,
  state: usize,
  mask: usize,
  hash: i32,
): i32 {
  const high = i32x4.splat(~low);
  const tag = i32x4.splat(hash & ~low);
  const zero = i32x4.splat(0);
  let bucket = hash & low & -16;
  while (true) {
    const at = table + (<usize>(<u32>bucket) << 2);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const taken = bits(
      i32x4.ne(a, zero),
      i32x4.ne(b, zero),
      i32x4.ne(c, zero),
      i32x4.ne(d, zero),
    );
    let open =
      taken &
      bits(
        i32x4.eq(v128.and(a, high), tag),
        i32x4.eq(v128.and(b, high), tag),
        i32x4.eq(v128.and(c, high), tag),
        i32x4.eq(v128.and(d, high), tag),
      );
    while (open != 0) {
      const number = (load<i32>(at + (<usize>ctz(open) << 2)) & low) - 1;
      open &= open - 1;
      const other = words + <usize>(<u32>number) * <usize>(width() << 2);
      let differs = 0;
      for (let w = 0; w < width(); w++) {
        const word = <usize>w << 2;
        differs |= load<i32>(other + word) ^ load<i32>(state + word) ^ load<i32>(mask + word);
      }
      if (differs == 0) return number;
    }
    const place = ctz(~taken);
    if (place < 16) {
      freePlace = at + (<usize>place << 2);
      return -1;
    }
    bucket = (bucket + 16) & low;
  }
}

// A record of a state that waits: the count of its steps and three sets.
// @ts-ignore
@inline
function recordAddress(ring: usize, low: i32, state: i32): usize {
  return ring + (<usize>((state & low) * (1 + 3 * sets())) << 2);
}

/** More negative than any sum of steps makes up for. */
const NOTHING_KNOWN: i32 = -0x40000000;

/** Makes a record say that nothing is known of its state. */
function forget(to: usize): void {
  store<i32>(to, 0);
  for (let w = 0; w < sets(); w++) {
    const at = to + 4 + (<usize>w << 2);
    store<i32>(at, 0);
    store<i32>(at + (<usize>sets() << 2), 0);
    store<i32>(at + (<usize>(2 * sets()) << 2), lowBits(get(ACTOR_COUNT) - 32 * w));
  }
}

/** Expands states from NEXT to before END, and says why it stopped. */
export function run(): i32 {
  const table = address(TABLE);
  const low = get(LOW);
  const words = address(WORDS);
  const parents = address(PARENTS);
  const ring = address(RING);
  const ringLow = get(RING_LOW);
  const roots = address(ROOTS);
  const pool = address(POOL);
  const leaves = address(LEAVES);
  const outcomes = address(OUTCOMES);
  const actors = address(ACTORS);
  const base = address(SCRATCH);
  const actorCount = get(ACTOR_COUNT);
  const freshBefore = get(FRESH_BEFORE);
  const levelEnd = get(LEVEL_END);
  const pendingEnd = address(PENDING_END);
  const statesMax = get(STATES_MAX);
  const capacity = get(CAPACITY);
  const version = get(VERSION);
  const end = get(END);
  const stateBytes = <usize>(width() << 2);
  const outcomeBytes = <usize>(OUTCOME_HEAD + 2 * width() + 2 * sets()) << 2;
  let number = get(NEXT);
  let count = get(COUNT);
  let pending = address(PENDING_AT);
  let metAgain = 0;
  let generated = 0;
  let lookups = 0;
  let reason = DONE;

  for (; number < end; number++) {
    const state = words + <usize>(<u32>number) * stateBytes;
    // What is known of the state.
    const from = recordAddress(ring, ringLow, number);
    const isFresh = number < freshBefore;
    let steps = isFresh ? 0 : load<i32>(from);
    let needed = 0;
    let judged = 0;
    let restlessSteps = 0;
    let ownMoves = 0;
    for (let w = 0; w < sets(); w++) {
      const at = from + 4 + (<usize>w << 2);
      const all = lowBits(actorCount - 32 * w);
      let unknown = isFresh ? all : load<i32>(at + (<usize>(2 * sets()) << 2)) & all;
      const skipped = load<i32>(at + (<usize>sets() << 2));
      let movers = load<i32>(at) & ~unknown;
      let restless = 0;
      // What is not known is looked for.
      while (unknown != 0) {
        const actor = (w << 5) + ctz(unknown);
        const bit = unknown & -unknown;
        unknown &= unknown - 1;
        const found = leafOf(actors, roots, pool, actor, number, state);
        if (found == 0) {
          reason = UNKNOWN_LEAF;
          break;
        }
        const leaf = leafAddress(leaves, -found - 1);
        if (load<i32>(leaf, 12) != 0) steps += load<i32>(leaf, 8);
        else {
          restless |= bit;
          restlessSteps += load<i32>(leaf, 8);
          judged++;
        }
        if (load<i32>(leaf, 4) != 0) movers |= bit;
      }
      if (reason != DONE) break;
      store<i32>(scratch(base, SKIPPED, w), skipped);
      store<i32>(scratch(base, MOVERS, w), movers);
      store<i32>(scratch(base, RESTLESS, w), restless);
      // What is to be looked up is counted before anything is stored.
      ownMoves |= movers & ~load<i32>(scratch(base, FAULTS, w));
      let open = movers & ~skipped;
      while (open != 0) {
        const actor = (w << 5) + ctz(open);
        open &= open - 1;
        const found = leafOf(actors, roots, pool, actor, number, state);
        if (found == 0) {
          reason = UNKNOWN_LEAF;
          break;
        }
        needed += load<i32>(leafAddress(leaves, -found - 1), 4);
      }
      if (reason != DONE) break;
    }
    if (reason == DONE) {
      const most = count + needed;
      if (ownMoves == 0) reason = NO_MOVE;
      else if (most > statesMax) reason = BOUND;
      else if (most > capacity) reason = STATES_FULL;
      else if (<u64>(<u32>most) * 3 > <u64>(<u32>low + 1) * 2) reason = TABLE_FULL;
      else if (most - number > ringLow + 1) reason = RING_FULL;
      else if (pending + (<usize>(needed + judged) << 3) > pendingEnd) reason = PENDING_FULL;
    }
    if (reason != DONE) {
      store<i32>(NEEDED, needed);
      store<i32>(JUDGED, judged);
      break;
    }
    generated += steps + restlessSteps;
    lookups += needed;
    if (judged > 0) {
      for (let w = 0; w < sets(); w++) {
        let open = load<i32>(scratch(base, RESTLESS, w));
        while (open != 0) {
          store<i32>(pending, number);
          store<i32>(pending, -1 - ((w << 5) + ctz(open)), 4);
          pending += 8;
          open &= open - 1;
        }
      }
    }

    for (let w = 0; w < sets(); w++) {
      let open = load<i32>(scratch(base, MOVERS, w)) & ~load<i32>(scratch(base, SKIPPED, w));
      while (open != 0) {
        const actor = (w << 5) + ctz(open);
        open &= open - 1;
        const found = leafOf(actors, roots, pool, actor, number, state);
        const leaf = leafAddress(leaves, -found - 1);
        let outcome = outcomeAddress(outcomes, load<i32>(leaf));
        for (let left = load<i32>(leaf, 4); left > 0; left--, outcome += outcomeBytes) {
          const mask = outcome + (OUTCOME_HEAD << 2);
          const hash = hashOf(state, mask);
          const known = find(table, low, words, state, mask, hash);
          if (known >= 0) {
            if (known < levelEnd) metAgain = 1;
            continue;
          }
          // A new state.
          const next = words + <usize>(<u32>count) * stateBytes;
          for (let i = 0; i < width(); i++) {
            const at = <usize>i << 2;
            store<i32>(next + at, load<i32>(state + at) ^ load<i32>(mask + at));
          }
          store<i32>(parents + (<usize>(<u32>count) << 2), number);
          store<i32>(freePlace, (hash & ~low) | (count + 1));
          const program = load<i32>(outcome);
          if (program != DECIDES_NOTHING && judge(program, next) != DECIDES_NOTHING) {
            store<i32>(pending, count);
            store<i32>(pending, <i32>((outcome - outcomes) / outcomeBytes), 4);
            pending += 8;
          }
          if (load<i32>(outcome, 4) != version) refresh(outcome, leaf);
          const to = recordAddress(ring, ringLow, count);
          count++;

          // What is known of it.
          const written = outcome + (<usize>(OUTCOME_HEAD + width()) << 2);
          let stepsThen = steps;
          for (let v = 0; v < sets(); v++) {
            const affected = written + (<usize>(width() + v) << 2);
            const independent = affected + (<usize>sets() << 2);
            let movers = load<i32>(scratch(base, MOVERS, v));
            // The actors of which no step from there needs a look-up.
            const before = load<i32>(scratch(base, SKIPPED, v)) | lowBits(actor - 32 * v);
            const candidates = before & movers;
            const certain = load<i32>(independent);
            let skipped = candidates & certain;
            let doubtful = candidates & ~certain;
            while (doubtful != 0) {
              const other = (v << 5) + ctz(doubtful);
              const bit = doubtful & -doubtful;
              doubtful &= doubtful - 1;
              const place = leafOf(actors, roots, pool, other, number, state);
              if (place == 0) continue;
              const reads = leafAddress(leaves, -place - 1) + (LEAF_HEAD << 2);
              if (meet(written, reads)) continue;
              if (meet(reads + stateBytes, leaf + (LEAF_HEAD << 2))) continue;
              skipped |= bit;
            }
            // The actors that do something else there.
            let unknown = load<i32>(scratch(base, RESTLESS, v));
            let changed = load<i32>(affected) & ~unknown;
            while (changed != 0) {
              const other = (v << 5) + ctz(changed);
              const bit = changed & -changed;
              changed &= changed - 1;
              const place = leafOf(actors, roots, pool, other, number, state);
              if (place == 0) {
                // Does not happen; nothing is said then of what the actor does.
                stepsThen = NOTHING_KNOWN;
                continue;
              }
              const leafBefore = leafAddress(leaves, -place - 1);
              if (!meet(written, leafBefore + (LEAF_HEAD << 2))) continue;
              stepsThen -= load<i32>(leafBefore, 8);
              movers &= ~bit;
              const then = walk(roots, pool, other, next);
              const leafThen = leafAddress(leaves, -then - 1);
              if (then == 0 || load<i32>(leafThen, 12) == 0) unknown |= bit;
              else {
                stepsThen += load<i32>(leafThen, 8);
                if (load<i32>(leafThen, 4) != 0) movers |= bit;
              }
            }
            const at = to + 4 + (<usize>v << 2);
            store<i32>(at, movers);
            store<i32>(at + (<usize>sets() << 2), skipped);
            store<i32>(at + (<usize>(2 * sets()) << 2), unknown);
          }
          store<i32>(to, stepsThen);
          if (stepsThen < 0) forget(to);
        }
      }
    }
  }
  store<i32>(NEXT, number);
  store<i32>(COUNT, count);
  store<i32>(PENDING_AT, <i32>pending);
  store<i32>(REVISITED, metAgain);
  store<i32>(GENERATED, generated);
  store<i32>(LOOKUPS, lookups);
  return reason;
}
