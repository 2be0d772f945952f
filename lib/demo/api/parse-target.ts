import { ApiError } from './api-error.ts';
import { type EngineRelease, isAtLeast } from './engine-releases.ts';

export interface Target {
  /** Without the version, e.g. `/containers/json`. */
  path: string;
  query: URLSearchParams;
  /** The version asked for; the engine's newest when none was. */
  apiVersion: string;
}

/**
 * What a request line asks for.
 *
 * @throws ApiError 400 for a version that the engine does not speak
 */
export function parseTarget(url: string, { apiVersion, minApiVersion }: EngineRelease): Target {
  const { pathname, searchParams: query } = new URL(url, 'http://engine');
  const match = /^\/v(\d+\.\d+)(\/.*)$/.exec(pathname);
  const asked = match?.[1];
  if (asked === undefined) return { path: pathname, query, apiVersion };
  if (!isAtLeast(apiVersion, asked)) {
    throw new ApiError(
      400,
      `client version ${asked} is too new. Maximum supported API version is ${apiVersion}`,
    );
  }
  if (!isAtLeast(asked, minApiVersion)) {
    const text = `client version ${asked} is too old. Minimum supported API version is ${minApiVersion}, please upgrade your client to a newer version`;
    throw new ApiError(400, text, true);
  }
  return { path: match?.[2] ?? '/', query, apiVersion: asked };
}
