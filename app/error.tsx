'use client';
import { toPath } from '#lib/view/links/to-path.ts';
import * as en from '#lib/words/en/pages/app.ts';

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
        <h1 className="text-[22px] font-semibold tracking-tight">{en.thisPageFailed}</h1>
        <p>
          Something in this page broke; the swarm itself is not affected. Try again, and if it stays, look
          into the server's log{error.digest === undefined ? '' : ` for ${error.digest}`} and report it.
        </p>
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
