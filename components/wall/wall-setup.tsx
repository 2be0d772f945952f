'use client';
import { useEffect, useRef, useState } from 'react';
import type { WakeLockState } from '#lib/client/hooks/use-wake-lock.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { formatWallOptions, NO_STACK, WALL_VIEWS, type WallOptions } from '#lib/view/wall/wall-options.ts';
import * as words from '#words/pages/wall.ts';
import { WallChoices } from './wall-choices.tsx';
import { WallSelect } from './wall-select.tsx';

interface WallSetupProps {
  options: WallOptions;
  services: readonly ServicePicture[];
  nodes: readonly NodePicture[];
  wakeLock: WakeLockState;
  isSoundBlocked: boolean;
  onClose: () => void;
}

const WAKE_LOCK_WORDS: Record<WakeLockState, string> = {
  held: words.keepsAwake,
  none: words.keptAwake,
  refused: words.awakeRefused,
  insecure: words.awakeNeedsHttps,
  unsupported: words.awakeUnsupported,
};

const HOURS = Array.from({ length: 24 }, (_, hour) => [String(hour), `${hour}:00`] as const);

const toList = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

interface PartProps {
  options: WallOptions;
  set: (change: Partial<WallOptions>) => void;
}

/** The panel that writes a wall's URL. Every change is shown behind it at once. */
export function WallSetup(props: WallSetupProps) {
  const { services, nodes, wakeLock, isSoundBlocked, onClose } = props;
  // The address follows a moment later than the hand.
  const [options, setOptions] = useState(props.options);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const set = (change: Partial<WallOptions>) => {
    const next = { ...options, ...change };
    setOptions(next);
    const query = formatWallOptions(next);
    history.replaceState(null, '', toPath(query === '' ? '/wall' : `/wall?${query}`));
  };
  const stacks = [...new Set(services.map(({ stack }) => stack ?? NO_STACK))];
  return (
    <aside ref={panel} className="wall-setup" aria-label={words.setUp} tabIndex={-1}>
      <header>
        <h2>{words.setUp}</h2>
        <button type="button" onClick={onClose}>
          {words.done} <kbd>Esc</kbd>
        </button>
      </header>
      <p>{words.inAddress}</p>
      <label className="wall-field">
        <span>{words.title}</span>
        <input
          defaultValue={options.title}
          maxLength={60}
          onChange={(event) => set({ title: event.target.value.trim() })}
        />
      </label>
      <WallChoices
        legend={words.stacks}
        hint={words.noneTicked}
        all={stacks}
        chosen={options.stacks}
        onChange={(chosen) => set({ stacks: chosen })}
      />
      <label className="wall-field">
        <span>{words.services}</span>
        <input
          defaultValue={options.services.join(', ')}
          placeholder={words.servicesPlaceholder}
          onChange={(event) => set({ services: toList(event.target.value) })}
        />
      </label>
      <WallChoices
        legend={words.nodes}
        hint={words.noneTickedNodes}
        all={[...new Set(nodes.map(({ hostname }) => hostname))]}
        chosen={options.nodes}
        onChange={(chosen) => set({ nodes: chosen })}
      />
      <WallSelect
        label={words.theme}
        value={options.theme}
        choices={[
          ['auto', words.themeAsElsewhere],
          ['dark', words.dark],
          ['light', words.light],
        ]}
        onChange={(theme) => set({ theme })}
      />
      <WallSelect
        label={words.density}
        value={options.density}
        choices={[
          ['roomy', words.roomy],
          ['normal', words.normal],
          ['dense', words.dense],
        ]}
        onChange={(density) => set({ density })}
      />
      <Views options={options} set={set} />
      <label className="wall-tick">
        <input type="checkbox" checked={options.sound} onChange={() => set({ sound: !options.sound })} />{' '}
        {words.softTone}
      </label>
      {isSoundBlocked && <p>{words.soundAfterClick}</p>}
      <Dimming options={options} set={set} />
      <p>{WAKE_LOCK_WORDS[wakeLock]}</p>
    </aside>
  );
}

/** What is shown in turn under the problems, and for how long each. */
function Views({ options, set }: PartProps) {
  return (
    <fieldset>
      <legend>{words.quietInTurn}</legend>
      <div className="wall-choices">
        {WALL_VIEWS.map((view) => (
          <label key={view}>
            <input
              type="checkbox"
              checked={options.views.includes(view)}
              onChange={() => {
                const views = WALL_VIEWS.filter((one) => options.views.includes(one) !== (one === view));
                if (views.length > 0) set({ views });
              }}
            />{' '}
            {words.views[view]}
          </label>
        ))}
      </div>
      <WallSelect
        label={words.eachFor}
        value={String(options.everyS)}
        choices={[...new Set([10, 20, 30, 60, 300, options.everyS])].map(
          (s) => [String(s), `${s} s`] as const,
        )}
        onChange={(seconds) => set({ everyS: Number(seconds) })}
      />
    </fieldset>
  );
}

/** Darker at night, from one hour until another. */
function Dimming({ options: { dim }, set }: PartProps) {
  return (
    <>
      <label className="wall-tick">
        <input
          type="checkbox"
          checked={dim !== null}
          onChange={() => set({ dim: dim === null ? { fromHour: 22, untilHour: 7 } : null })}
        />{' '}
        {words.darkerAtNight}
      </label>
      {dim !== null && (
        <div className="wall-hours">
          <WallSelect
            label={words.from}
            value={String(dim.fromHour)}
            choices={HOURS}
            onChange={(hour) =>
              Number(hour) !== dim.untilHour && set({ dim: { ...dim, fromHour: Number(hour) } })
            }
          />
          <WallSelect
            label={words.until}
            value={String(dim.untilHour)}
            choices={HOURS}
            onChange={(hour) =>
              Number(hour) !== dim.fromHour && set({ dim: { ...dim, untilHour: Number(hour) } })
            }
          />
        </div>
      )}
    </>
  );
}
