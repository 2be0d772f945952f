import type { DockerCommand } from '#lib/view/copy/to-docker-commands.ts';
import * as words from '#words/pages/copy.ts';
import { CopyButton } from './copy-button.tsx';

/** The last line of a panel: the command that shows the same, and the machine to type it on. */
export function ByHand({ where, command }: Pick<DockerCommand, 'where' | 'command'>) {
  return (
    <div className="by-hand">
      <span>{words.byHandWhere(where)}</span>
      <code>{command}</code>
      <CopyButton label={words.copy} what={words.theCommand(where)} toText={() => command} />
    </div>
  );
}
