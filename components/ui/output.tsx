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

/** Untrusted text, as text and nothing else. */
export const Output = memo(function Output({ text, truncated = false, boxed = false, lead }: OutputProps) {
  const shown = sanitizeOutput(text);
  return (
    <pre className={`output${boxed ? ' boxed' : ''}`} tabIndex={shown.length > 400 ? 0 : undefined}>
      {lead !== undefined && <span className="mr-3 text-muted">{lead}</span>}
      {shown === '' ? <span className="text-faint">no output</span> : shown}
      {truncated && (
        <span className="text-faint">
          {'\n'}
          {words.outputCut}
        </span>
      )}
    </pre>
  );
});
