import * as words from '#words/pages/no-services.ts';

/** A swarm that runs nothing yet. */
export function NoServices() {
  return (
    <div className="panel p-6 text-muted">
      <p>
        {words.noneYet} <code className="font-mono text-[13px] text-text">{words.createCommand}</code>
      </p>
    </div>
  );
}
