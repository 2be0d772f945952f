import { request as send } from 'node:http';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface AskOptions {
  method?: string;
  /** Sent as a form is, with POST unless `method` says otherwise. */
  form?: string;
  /** The address that it comes from, of the loopback interface. */
  from?: string;
}

/** Without a browser's own ideas of headers, cookies and redirects; streams are cut after the first bytes. */
export function ask(
  url: string,
  headers: Record<string, string> = {},
  { form, method = form === undefined ? 'GET' : 'POST', from }: AskOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> =
      form === undefined ? {} : { 'content-length': String(form.length) };
    const options = { method, headers: { ...headers, ...length }, agent: false, localAddress: from };
    const request = send(url, options, (response) => {
      let body = '';
      const isStream = /event-stream|ndjson/.test(response.headers['content-type'] ?? '');
      const max = isStream ? 2_000 : 20_000;
      const done = () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: body.slice(0, max) });
      response.on('data', (chunk) => {
        body += chunk;
        if (body.length < max) return;
        done();
        request.destroy();
      });
      response.on('end', done);
    });
    request.on('error', reject);
    request.end(form);
  });
}

/** The cookies that an answer sets, as they are sent along; of those of this `kind` alone where one is given. */
export function toCookie({ headers }: Answer, kind = ''): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .filter((cookie) => cookie.includes(`vitals-${kind}`) && !cookie.endsWith('='))
    .join('; ');
}
