import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';

const MAX_STDERR_CHARS = 2000;

/**
 * One connection to the engine behind an ssh server: the system's `ssh` runs `docker system dial-stdio` there, as the
 * docker command does it (docker/cli `cli/connhelper`). So keys, agents, jump hosts and known hosts are ssh's own
 * configuration; it needs `ssh` here, and `docker` 18.09 or later there. Never asks for a password. Kept alive and
 * reused by the agent: one ssh process per concurrent request, not per request.
 */
export function connectSsh(endpoint: Extract<Endpoint, { kind: 'ssh' }>, command = 'ssh'): Duplex {
  return new SshConnection(endpoint, spawn(command, toArguments(endpoint), { stdio: 'pipe' }));
}

function toArguments({ host, port, user }: Extract<Endpoint, { kind: 'ssh' }>): string[] {
  return [
    ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'ServerAliveInterval=15', '-T'],
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    ...['--', host, 'docker', 'system', 'dial-stdio'],
  ];
}

/** The process as a socket, with the few socket methods that Node's HTTP agent calls. */
class SshConnection extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #display: string;
  #stderr = '';
  #answered = false;

  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>, child: ChildProcessWithoutNullStreams) {
    super({ allowHalfOpen: false });
    this.#child = child;
    this.#display = endpoint.display;
    child.stdout.on('data', (chunk: Buffer) => {
      this.#answered = true;
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MAX_STDERR_CHARS);
    });
    // A process that ended breaks its pipes; `close` knows why.
    child.stdin.on('error', () => {});
    child.once('error', (error: NodeJS.ErrnoException) => this.destroy(this.#explainSpawn(error)));
    child.once('close', (code) => {
      if (this.#answered) this.push(null);
      else this.destroy(this.#explainEnd(code));
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#child.stdin.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.#handles().forEach((handle) => void handle.ref?.());
    return this;
  }

  unref(): this {
    this.#handles().forEach((handle) => void handle.unref?.());
    return this;
  }

  /** The process and its pipes: each alone would keep ours from ending. */
  #handles(): { ref?(): void; unref?(): void }[] {
    const { stdin, stdout, stderr } = this.#child;
    return [this.#child, stdin as Duplex, stdout as Duplex, stderr as Duplex] as {
      ref?(): void;
      unref?(): void;
    }[];
  }

  #explainSpawn(error: NodeJS.ErrnoException): EngineError {
    const missing =
      'there is no ssh command here: install an OpenSSH client, or use another kind of endpoint';
    const reason = error.code === 'ENOENT' ? missing : error.message;
    return new EngineError('config', `Cannot connect to ${this.#display}: ${reason}.`);
  }

  #explainEnd(code: number | null): EngineError {
    const words = this.#stderr.trim().split('\n').at(-1)?.trim() || `ssh ended with code ${code ?? 'none'}`;
    return new EngineError(
      'unreachable',
      `Cannot connect to ${this.#display}: ${words.replace(/\.$/, '')}. Try "ssh … docker system dial-stdio" by hand, as the user that runs Swarm Vitals.`,
    );
  }
}
