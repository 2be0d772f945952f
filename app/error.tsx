'use client';
import { toPath } from '#lib/view/links/to-path.ts';
import * as gone from '#words/pages/gone.ts';
import * as words from '#words/pages/shell.ts';

/** A page that could not be drawn: says so, and how to go on. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="page max-w-[860px]!">
      <section className="panel grid gap-3 p-6" role="alert">
        <h1 className="text-[22px] font-semibold tracking-tight">{gone.pageFailed}</h1>
        <p>{gone.failureHelp(error.digest ?? null)}</p>
        <p className="flex gap-4">
          <button type="button" className="cursor-pointer text-accent" onClick={reset}>
            {gone.tryAgain}
          </button>
          <a className="text-accent" href={toPath('/')}>
            {words.allServices}
          </a>
        </p>
      </section>
    </div>
  );
}
