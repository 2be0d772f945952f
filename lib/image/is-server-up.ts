const TIMEOUT_MS = 4_000;

/** Does the server in this container answer? */
export async function isServerUp(port: string): Promise<boolean> {
  // An `import` of node:http would take 8 MB more, in a process that lives for an instant each few seconds.
  const { get } = process.getBuiltinModule('node:http');
  return new Promise((resolve) => {
    const asked = get({ host: '127.0.0.1', port, path: '/api/healthz', timeout: TIMEOUT_MS }, (response) =>
      resolve(response.statusCode === 200),
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
  });
}
