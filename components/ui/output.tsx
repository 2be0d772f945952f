import { memo } from 'react';
import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';
import * as words from '#words/pages/shell.ts';

interface OutputProps {
  text: string;
  truncated?: boolean;
  boxed?: boolean;
  /** Before the text, in the same box. */
  lead?: string;
}

/** A box has room for some lines: what may be higher is scrolled, by the keyboard, too. */
const mayScroll = (text: string, boxed: boolean) =>
  text.length > 400 || (boxed && (text.length > 150 || text.split('\n', 4).length > 3));

/** Untrusted text, as text and nothing else. */
export const Output = memo(function Output({ text, truncated = false, boxed = false, lead }: OutputProps) {
  const shown = sanitizeOutput(text);
  return (
    <pre className={`output${boxed ? ' boxed' : ''}`} tabIndex={mayScroll(shown, boxed) ? 0 : undefined}>
      {lead !== undefined && <span className="mr-3 inline-block max-w-full text-muted">{lead}</span>}
      {shown === '' ? <span className="text-faint">{words.noOutput}</span> : shown}
      {truncated && (
        <span className="text-faint">
          {'\n'}
          {words.outputCut}
        </span>
      )}
    </pre>
  );
});
