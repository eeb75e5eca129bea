import type { VNode } from 'preact';

/** The first `most` items as `shown` draws them; further ones are folded. */
export function FoldedList({
  items,
  most,
  shown,
}: {
  readonly items: readonly string[];
  readonly most: number;
  readonly shown: (some: readonly string[]) => VNode;
}): VNode {
  const rest = items.slice(most);
  return (
    <>
      {shown(items.slice(0, most))}
      {rest.length > 0 && (
        <details class="folded">
          <summary>{rest.length} more</summary>
          {shown(rest)}
        </details>
      )}
    </>
  );
}
