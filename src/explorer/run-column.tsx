import type { VNode } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useKeys } from './keys.ts';
import { goTo, isBad, ownFrom, roleOf, take } from './session.ts';
import { StepList } from './step-list.tsx';
import type { Page } from './use-page.ts';
import { stepsMatching } from './walk.ts';

/** The steps of the walk, a field that searches them, and the keys that move through them. */
export function RunColumn({ page }: { readonly page: Page }): VNode {
  const { session, change, choices } = page;
  const { walk, at } = session;
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const numbers = useMemo(() => stepsMatching(walk, query), [walk, query]);
  const go = (to: number): void => change((now) => goTo(now, to));
  useKeys({
    by: (steps) => change((now) => goTo(now, now.at + steps)),
    first: () => go(0),
    last: () => go(walk.steps.length),
    nth: (n) => {
      const step = choices.value?.[n - 1];
      if (step !== undefined) change((now) => take(now, step));
    },
    search: () => search.current?.focus(),
  });
  const count = walk.steps.length;
  return (
    <section class="run" aria-labelledby="steps-title">
      <h2 id="steps-title">
        {count === 0 ? 'No steps yet' : count === 1 ? '1 step' : `${count} steps`}
      </h2>
      <label class="search">
        <span class="hidden">Search the steps</span>
        <input
          ref={search}
          type="search"
          placeholder="Search steps and changes"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        {query !== '' && <span class="quiet">{numbers.length} found</span>}
      </label>
      <StepList
        walk={walk}
        at={at}
        numbers={query.trim() === '' ? [0, ...numbers] : numbers}
        ownFrom={ownFrom(session)}
        isBad={(number) => isBad(session, number)}
        roleOf={(number) => roleOf(session, number)}
        onGo={go}
      />
      <p class="keys quiet">
        <kbd>j</kbd> <kbd>k</kbd> or arrows walk, <kbd>1</kbd>–<kbd>9</kbd> take a step,{' '}
        <kbd>/</kbd> searches
      </p>
    </section>
  );
}
