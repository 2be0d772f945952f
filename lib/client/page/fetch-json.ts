import * as words from '#words/pages/connection.ts';

/** An answer that is not 2xx. */
export class HttpError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(words.badStatus(status));
    this.status = status;
  }
}

/** Asks the API. @throws HttpError when it answers anything but 2xx */
export async function fetchJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw new HttpError(response.status);
  return response.json();
}
