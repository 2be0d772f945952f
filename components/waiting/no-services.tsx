import * as en from '#lib/words/en/pages/waiting.ts';

/** A swarm that runs nothing yet. */
export function NoServices() {
  return (
    <div className="panel p-6 text-muted">
      <p>
        This swarm has no services yet. Deploy one, for example with{' '}
        <code className="font-mono text-[13px] text-text">{en.dockerServiceCreateNameWeb}</code>, and it
        appears here by itself.
      </p>
    </div>
  );
}
