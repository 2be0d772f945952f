/**
 * The address of the other end of a request's connection, as the HTTP server writes it over whatever a request says there
 * itself: Next hands no socket to routes, and `X-Forwarded-For` is anybody's word.
 */
export const PEER_HEADER = 'x-vitals-peer';
