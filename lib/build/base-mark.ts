/**
 * Stands in a fresh build where the base path belongs: Next writes the addresses of scripts, styles and fonts into what
 * it builds, and one build serves below any path.
 */
export const BASE_MARK = '/__vitals_base_path__';

/** What runs the built server: `node serve.js FOLDER`. Written last of all: where it is a build is whole. */
export const SERVER_FILE = 'serve.js';

/** Beside the built server: the files that hold the base path, with its mark still in them. */
export const MARKED_FOLDER = 'marked';
