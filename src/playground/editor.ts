import { javascript } from '@codemirror/lang-javascript';
import { syntaxHighlighting } from '@codemirror/language';
import { classHighlighter } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';

/** An editor of text. */
export interface Editor {
  readonly text: () => string;
  readonly setText: (text: string) => void;
}

/** Puts an editor into an element. `onEdit` gets the text after each change by the user. */
export function makeEditor(
  parent: HTMLElement,
  text: string,
  onEdit: (text: string) => void,
): Editor {
  let isSetting = false;
  const view = new EditorView({
    doc: text,
    parent,
    extensions: [
      basicSetup,
      javascript({ typescript: true }),
      syntaxHighlighting(classHighlighter),
      EditorView.contentAttributes.of({ 'aria-label': 'Model in TypeScript' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !isSetting) onEdit(update.state.doc.toString());
      }),
    ],
  });
  // The text inside takes the focus, but a rule of axe wants the part that scrolls to take it, too.
  view.scrollDOM.tabIndex = 0;
  return {
    text: () => view.state.doc.toString(),
    setText: (next) => {
      isSetting = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      isSetting = false;
    },
  };
}
