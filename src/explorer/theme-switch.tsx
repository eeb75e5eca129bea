import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

const themes = ['auto', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** Chooses dark, light, or the setting of the system, for as long as the page is open. */
export function ThemeSwitch(): VNode {
  const [theme, setTheme] = useState<Theme>('auto');
  const choose = (chosen: Theme): void => {
    setTheme(chosen);
    if (chosen === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = chosen;
  };
  return (
    <fieldset class="themes">
      <legend class="hidden">Colours</legend>
      {themes.map((each) => (
        <label key={each} class={each === theme ? 'chosen' : undefined}>
          <input
            type="radio"
            name="theme"
            value={each}
            checked={each === theme}
            onChange={() => choose(each)}
          />
          {each}
        </label>
      ))}
    </fieldset>
  );
}
