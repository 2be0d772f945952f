'use client';
import { useEffect, useState } from 'react';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import * as words from '#words/pages/copy.ts';

const SHOWN_MS = 2500;

interface CopyButtonProps {
  label: string;
  /** What is copied, in words, for those who do not see where the button stands. */
  what: string;
  toText: () => string | Promise<string>;
}

/** Copies a text and says whether that worked; keeps its size meanwhile. */
export function CopyButton({ label, what, toText }: CopyButtonProps) {
  const isHydrated = useHydrated();
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const onClick = async () => {
    const { copyText } = await import('#lib/client/page/copy-text.ts');
    setResult((await copyText(await toText())) ? 'copied' : 'failed');
  };
  const word = result === null ? label : result === 'copied' ? words.copied : words.notCopied;
  return (
    <>
      <button
        type="button"
        className={isHydrated ? 'copy-button' : 'copy-button invisible'}
        aria-label={`${label}: ${what}`}
        data-result={result ?? undefined}
        onClick={onClick}
      >
        <span aria-hidden="true">{word}</span>
        <span aria-hidden="true" className="copy-measure">
          {label.length > 10 ? label : words.notCopied}
        </span>
      </button>
      <span className="sr-only" role="status">
        {result === null ? '' : result === 'copied' ? words.copiedWhat(what) : words.copyRefused}
      </span>
    </>
  );
}
