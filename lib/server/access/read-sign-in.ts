import { SESSION_HEADER } from './guard-request.ts';

/** Where whoever asks signed in, and can sign out; `null`: they did not. */
export function readSignIn(own: Pick<Headers, 'get'>): 'here' | 'provider' | null {
  const session = own.get(SESSION_HEADER);
  return session === 'here' || session === 'provider' ? session : null;
}
