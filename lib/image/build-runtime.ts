import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripSources } from './strip-sources.ts';

/**
 * `node lib/image/build-runtime.ts FOLDER`: what the image runs beside the built server, as JavaScript: its entry, the
 * agent, and the history's thread.
 */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SOURCES = [
  'lib/agent',
  'lib/build/base-mark.ts',
  'lib/build/compress-file.ts',
  'lib/build/list-files.ts',
  'lib/build/parse-base-path.ts',
  'lib/build/place-build.ts',
  'lib/history',
  'lib/model',
  'lib/image/drop-privileges.ts',
  'lib/image/enter.ts',
  'lib/image/heartbeat.ts',
  'lib/image/is-server-up.ts',
  'lib/image/run-small.ts',
  'lib/server/settings',
  'lib/engine/agent-handshake.ts',
  'lib/engine/docker/transport/read-body.ts',
  'lib/engine/docker/transport/split-lines.ts',
];

const target = process.argv[2];
if (target === undefined) throw new Error('Name the folder to write to.');
stripSources(ROOT, SOURCES, target);
