'use client';
import { toPath } from '#lib/view/links/to-path.ts';
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
        <h1 className="text-[22px] font-semibold tracking-tight">{words.pageFailed}</h1>
        <p>{words.failureHelp(error.digest ?? null)}</p>
        <p className="flex gap-4">
          <button type="button" className="cursor-pointer text-accent" onClick={reset}>
            Try again
          </button>
          <a className="text-accent" href={toPath('/')}>
            All services
          </a>
        </p>
      </section>
    </div>
  );
}
