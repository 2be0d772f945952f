import apiOfDocker from './docker-api.json' with { type: 'json' };

/** Docker's published API with every method, and ways around what is written. */
export function listDockerRequests(container: string): { method: string; path: string }[] {
  const fill = (path: string) => path.replace('{container}', container).replaceAll(/\{\w+\}/g, 'web');
  const published = apiOfDocker.map((line) => fill(line.split(' ')[1] ?? ''));
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  const paths = [
    ...new Set(published),
    ...[
      `/v1.41/containers/${container}/json`,
      '/v1.41/services',
      '/v1.41/../secrets',
      '/containers/../secrets',
    ],
    ...[`/containers/${container}/json/../../../secrets`, `/containers/${container}%2Fexec`, '//services'],
    ...[
      `/containers/${container}/logs?stdout=1&stderr=1`,
      '/containers/web/json',
      '/info/',
      '/%2e%2e/services',
    ],
    ...['/events?filters={"type":["service"]}', '/containers/json?all=1&size=1&filters={}', '/', '*'],
  ];
  return paths.flatMap((path) =>
    methods.map((method) => ({ method, path: encodeURI(path).replaceAll('%25', '%') })),
  );
}
