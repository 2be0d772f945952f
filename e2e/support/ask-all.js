// Run inside a container (docker exec … node -e): sends each of the requests in ASK, prints each answer as JSON, a line each.
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');
const { host, port, tls, requests } = JSON.parse(process.env.ASK);
/** A stream never ends: what came in this time is what came. */
const STREAM_MS = 1500;

function ask({ method, path }) {
  return new Promise((resolve) => {
    let body = '';
    const done = (status) => resolve({ method, path, status, body });
    const onResponse = (response) => {
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => done(response.statusCode));
      response.on('error', () => done(response.statusCode));
      setTimeout(() => sent.destroy(), STREAM_MS).unref();
    };
    const asked = { host, port, method, path, agent: false };
    const sent =
      tls === null
        ? http.request(asked, onResponse)
        : https.request({ ...asked, ...toProof(tls) }, onResponse);
    sent.on('error', (error) => done(error.code ?? 'closed'));
    sent.end();
  });
}

/** TLS with a pre-shared key, as our server speaks it. */
function toProof({ keyHex, identity, options }) {
  const psk = Buffer.from(keyHex, 'hex');
  return { ...options, pskCallback: () => ({ psk, identity }), checkServerIdentity: () => undefined };
}

for (const one of requests) console.log(JSON.stringify(await ask(one)));
