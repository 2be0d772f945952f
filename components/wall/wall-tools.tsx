import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/wall.ts';

interface WallToolsProps {
  onFull: () => void;
  onSetup: () => void;
}

/** In view only while the pointer moves. */
export function WallTools({ onFull, onSetup }: WallToolsProps) {
  return (
    <div className="wall-tools">
      <a href={toPath('/')}>{words.allServices}</a>
      <button type="button" onClick={onSetup}>
        {words.setUp} <kbd>S</kbd>
      </button>
      <button type="button" onClick={onFull}>
        {words.fullScreen} <kbd>F</kbd>
      </button>
    </div>
  );
}
