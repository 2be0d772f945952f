import { Panel } from '#components/ui/panel.tsx';
import type { DockerCommand } from '#lib/view/copy/to-docker-commands.ts';
import * as words from '#words/pages/copy.ts';
import { CopyButton } from './copy-button.tsx';

/** The commands that show the same by hand, each with the machine to type it on. */
export function CommandPanel({ commands }: { commands: DockerCommand[] }) {
  if (commands.length === 0) return null;
  return (
    <Panel title={words.byHand}>
      <ul className="commands">
        {commands.map(({ what, where, command }) => (
          <li key={command}>
            <div className="flex items-baseline justify-between gap-3">
              <span>
                {what} <span className="text-muted">{where}</span>
              </span>
              <CopyButton label={words.copy} what={words.theCommand(where)} toText={() => command} />
            </div>
            <code className="command">{command}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
