import type { SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import type { Look } from './looks.ts';

/** How grave an event is: colour and shape as for a status. */
export const EVENT_LEVEL_LOOKS: Record<SwarmEventLevel, Look> = {
  bad: { word: 'Bad', className: 's-failed' },
  warn: { word: 'Warning', className: 's-failing' },
  good: { word: 'Good', className: 's-healthy' },
  info: { word: 'Expected', className: 's-complete' },
};

/** What an event is about: a glyph of its kind. */
export const EVENT_KIND_LOOKS: Record<SwarmEventKind, Look> = {
  health: { word: 'Health', className: 'e-health' },
  task: { word: 'Tasks', className: 'e-task' },
  update: { word: 'Services', className: 'e-update' },
  node: { word: 'Nodes', className: 'e-node' },
  manager: { word: 'Managers', className: 'e-manager' },
  engine: { word: 'Engines', className: 'e-engine' },
};
