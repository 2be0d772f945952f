import { ResponseBodyError } from 'oauth4webapi';

/** The provider knows this code no more: it was used, took too long, or the provider has started anew. */
export function isCodeOver(error: unknown): boolean {
  return error instanceof ResponseBodyError && error.error === 'invalid_grant';
}

/**
 * What went wrong with the provider, for whoever reads the log. Of what it answered only what names the mistake: the rest
 * has tokens in it.
 */
export function formatProviderError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  if (cause instanceof Error) return `${error.message}: ${cause.message}`;
  return [error.message, ...toDetails(cause)].join('; ');
}

function toDetails(cause: unknown): string[] {
  if (Array.isArray(cause)) return cause.flatMap((one) => toDetails(findObject(one, 'parameters')));
  if (cause instanceof Response) return [`it answers ${cause.status}`];
  const words = ['error', 'error_description'].flatMap((name) => findText(cause, name) ?? []);
  const name = findText(cause, 'attribute') ?? findText(cause, 'claim');
  if (name === null || name === 'nonce') return words;
  const given = findText(findObject(cause, 'body') ?? findObject(cause, 'claims'), name);
  const expected = findText(cause, 'expected');
  return [
    ...words,
    ...(expected === null ? [] : [`expected ${expected}`]),
    ...(given === null ? [] : [`it says ${given}`]),
  ];
}

function findObject(from: unknown, name: string): object | null {
  const found = typeof from === 'object' && from !== null ? Reflect.get(from, name) : null;
  return typeof found === 'object' ? found : null;
}

function findText(from: unknown, name: string): string | null {
  const found = typeof from === 'object' && from !== null ? Reflect.get(from, name) : null;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}
