/** How much anybody may take of the server before it knows who they are, and afterwards. */

/** Connections over which nobody has been admitted yet. More close the longest idle one of the busiest address. */
export const MAX_STRANGERS = 2_048;
/** Connections of people and programs that were admitted. */
export const MAX_ADMITTED = 8_192;
/** Requests under way on one connection: browsers send one at a time, and so do proxies; the end of one is known late. */
export const MAX_PIPELINED = 3;
/** Requests under way, streams included, of the same session or token. A page takes two, a followed log one. */
export const MAX_OF_HOLDER = 64;
/** The same of all screens that have one token. A screen takes one. */
export const MAX_OF_WALL_TOKEN = 256;
/** Requests of strangers that are looked at in one turn of the event loop; most are answered there and then. */
export const MAX_STRANGERS_A_TURN = 16;
/** Pages that begin to be drawn in one turn, of whomever. */
export const MAX_PAGES_A_TURN = 1;
/** Pages that are drawn at the same time, of whomever, and those that wait for it: each costs some MB and the one thread. */
export const MAX_PAGES_AT_ONCE = 4;
export const MAX_PAGES_WAITING = 128;
/**
 * A page that takes longer waits for somebody else (a source of a relay, the past), and keeps nobody's place meanwhile.
 * While our own thread is at work it is drawn.
 */
export const PAGE_PLACE_MS = 3_000;
/** Who waited so long for a page is asked to come again. */
export const PAGE_WAIT_MS = 15_000;
/** New connections that begin to be read in one turn. */
export const MAX_CONNECTIONS_A_TURN = 8;
/** Cookies that are opened at the same time which nobody came with before: it takes a key, on other threads. */
export const MAX_UNSEALED_AT_ONCE = 8;
/** Requests of strangers that Next works on at the same time: for the sign-in page, and whether the process is up. */
export const MAX_STRANGERS_AT_ONCE = 8;
/** The same where everybody is let in. A stream has its place until it begins. */
export const MAX_OPEN_AT_ONCE = 16;
/** Requests that wait for each of these. */
export const MAX_WAITING = 2_048;
/** Built files on their way to strangers; each slow reader of one takes some 130 kB. Others wait, people we know do not. */
export const MAX_FILES_OF_STRANGERS = 64;
/** Cookies and tokens that were admitted lately; they need not wait again. */
export const MAX_KNOWN_CREDENTIALS = 8_192;
/** What is written but not taken yet, all connections together: above it those that take least of it are closed. */
export const MAX_UNSENT_BYTES = 64 * 1024 * 1024;

export const MAX_HEADER_BYTES = 16_384;
export const MAX_URL_LENGTH = 4_096;

/** From the first byte to the last of a request's head. */
export const HEADERS_WITHIN_MS = 15_000;
/** From the first byte of its head to the last of its body, which has a few kB. */
export const REQUEST_WITHIN_MS = 30_000;
/** A connection on which nothing moves. Streams have a heartbeat; Node counts what a slow reader takes as movement. */
export const IDLE_WITHIN_MS = 120_000;
/** Between two requests: longer than proxies keep theirs (nginx 60 s, Traefik 90 s), or they send into a closed one. */
export const KEEP_ALIVE_MS = 95_000;
export const MAX_REQUESTS_PER_CONNECTION = 10_000;
/** How often Node looks for what is overdue. */
export const CHECK_EVERY_MS = 2_000;

/** The only routes that take nothing but POST, and how many bytes of a body. All others take GET and HEAD without any. */
export const BODY_BYTES: ReadonlyMap<string, number> = new Map([
  ['/api/login', 8_192],
  ['/api/logout', 1_024],
]);
/** Those that are read as well. */
export const READ_BODY_BYTES: ReadonlyMap<string, number> = new Map([['/api/silences', 8_192]]);
/** One that has a name in its path. It needs no body, and programs that send one with every POST send `{}`. */
export const SILENCE_END = /^\/api\/silences\/[^/]+\/end$/;
export const SILENCE_END_BYTES = 1_024;
