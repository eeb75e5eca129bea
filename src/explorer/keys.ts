import { useEffect, useRef } from 'preact/hooks';

/** The actions of keys. They work wherever the focus is, except in a field. */
export interface KeyActions {
  readonly by: (steps: number) => void;
  readonly first: () => void;
  readonly last: () => void;
  /** Takes the nth enabled step, counted from 1. */
  readonly nth: (n: number) => void;
  readonly search: () => void;
}

/**
 * Arrows and j/k move, Home and End jump, digits take a step, / searches, and Escape leaves a
 * field.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isField(event.target)) {
        if (event.key === 'Escape') event.target.blur();
        return;
      }
      const action = actionOf(event.key, latest.current);
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function actionOf(key: string, actions: KeyActions): (() => void) | undefined {
  if (/^[1-9]$/.test(key)) return () => actions.nth(Number(key));
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
    case 'j':
      return () => actions.by(1);
    case 'ArrowUp':
    case 'ArrowLeft':
    case 'k':
      return () => actions.by(-1);
    case 'PageDown':
      return () => actions.by(10);
    case 'PageUp':
      return () => actions.by(-10);
    case 'Home':
      return actions.first;
    case 'End':
      return actions.last;
    case '/':
      return actions.search;
    default:
      return undefined;
  }
}

function isField(target: EventTarget | null): target is HTMLElement {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  );
}
