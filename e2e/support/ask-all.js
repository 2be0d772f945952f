// Run inside a container (docker exec … node -e): sends each of the requests in ASK, prints each answer as JSON, a line each.
const { request } = process.getBuiltinModule('node:http');
const { host, port, headers, requests } = JSON.parse(process.env.ASK);
/** A stream never ends: what came in this time is what came. */
const STREAM_MS = 1500;

function ask({ method, path }) {
  return new Promise((resolve) => {
    let body = '';
    const done = (status) => resolve({ method, path, status, body });
    const sent = request({ host, port, method, path, headers, agent: false }, (response) => {
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => done(response.statusCode));
      response.on('error', () => done(response.statusCode));
      setTimeout(() => sent.destroy(), STREAM_MS).unref();
    });
    sent.on('error', (error) => done(error.code ?? 'closed'));
    sent.end();
  });
}

for (const one of requests) console.log(JSON.stringify(await ask(one)));
