/** Its first answer on a machine at ten times its load. */
const TIMEOUT_MS = 30_000;

/** Does the server on this port answer? */
export async function isServerUp(host: string, port: string): Promise<boolean> {
  // An `import` of node:http would take 8 MB more, in the agent too.
  const { get } = process.getBuiltinModule('node:http');
  return new Promise((resolve) => {
    const path = '/api/healthz';
    const asked = get({ host, port, path, timeout: TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
  });
}
