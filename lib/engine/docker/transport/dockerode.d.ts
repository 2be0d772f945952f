/** The little of dockerode that is used here. Its published types are wrong in what matters (health, agents, signals). */
declare module 'dockerode' {
  import type { Agent, IncomingMessage } from 'node:http';

  interface DialOptions {
    path: string;
    method: 'GET';
    /** Becomes the query when the path ends with `?`. */
    options: Record<string, string>;
    isStream: true;
    statusCodes: Readonly<Record<number, true>>;
    abortSignal: AbortSignal;
  }

  interface DockerodeOptions {
    protocol: 'http' | 'https';
    host: string | undefined;
    port: number | undefined;
    socketPath: string | undefined;
    agent: Agent;
    headers: Record<string, string>;
    pathPrefix: string;
    version: undefined;
    username: undefined;
    password: undefined;
    ca: undefined;
    cert: undefined;
    key: undefined;
    timeout: undefined;
    connectionTimeout: undefined;
    checkServerIdentity: undefined;
    sshOptions: undefined;
    agentForward: undefined;
  }

  export default class Docker {
    constructor(options: DockerodeOptions);
    modem: {
      dial(
        options: DialOptions,
        callback: (error: Error | null, response: IncomingMessage | null) => void,
      ): void;
    };
  }
}
