/** Of server-sent events. */
export const STREAM_HEADERS: Record<string, string> = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform keeps the stream from being compressed, and so held back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};
