import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const CHECK = join(import.meta.dirname, 'check.sh');
const HEARTBEAT = join(import.meta.dirname, 'heartbeat.ts');
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-heartbeat-'));
  file = join(folder, 'heartbeat');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(...more: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('/bin/sh', [CHECK, file, ...more], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const uptime = () => Math.floor(Number.parseFloat(readFileSync('/proc/uptime', 'utf8')));

describe.runIf(process.platform === 'linux')('the health check of the image', () => {
  test.each([
    ['a beat of now is well, and nothing is said', () => `${uptime()}\n`, 0, ''],
    ['a beat of half a minute ago is well: that much load is borne', () => `${uptime() - 30}\n`, 0, ''],
    ['a beat of a minute ago is a loop that hangs', () => `${uptime() - 60}\n`, 1, 'has not turned for 6'],
    ['a beat of another boot is none', () => `${uptime() + 100}\n`, 1, 'has not turned'],
    ['an empty file is none', () => '', 1, 'has not started'],
    ['something else is none', () => '$(id)\n', 1, 'is no heartbeat'],
    ['no file is none', () => null, 1, 'has not started'],
  ])('%s', (_title, content, status, output) => {
    const text = content();
    if (text !== null) writeFileSync(file, text);
    const found = check();
    expect(found.status).toBe(status);
    if (output === '') expect(found.output).toBe('');
    else expect(found.output).toContain(output);
  });

  test.each([
    ['there is no /proc', () => join(folder, 'none')],
    ['what is in it is no time', () => file],
  ])('where %s it is not well, and says so', (_title, toUptime) => {
    writeFileSync(file, 'a b\n');
    expect(check(toUptime())).toEqual({
      status: 1,
      output: expect.stringMatching(/^There is no time to count by in .*\n$/),
    });
  });

  test('a process that may open no more files lives on, and beats', async () => {
    const code = `
      const { openSync } = await import('node:fs');
      const { startHeartbeat } = await import(${JSON.stringify(HEARTBEAT)});
      startHeartbeat(${JSON.stringify(file)}, 200);
      try { for (;;) openSync('/dev/null', 'r'); } catch (error) { process.send(error.code); }
      setInterval(() => {}, 1_000);`;
    const args = ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', code];
    const child = spawn('/bin/sh', args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    try {
      expect(await new Promise((resolve) => child.once('message', resolve))).toBe('EMFILE');
      const first = readFileSync(file, 'utf8');
      await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 20_000 }).not.toBe(first);
      expect(check().status).toBe(0);
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('a process beats while its loop turns, and no longer when it is blocked', async () => {
    const code = `
      const { startHeartbeat } = await import(${JSON.stringify(HEARTBEAT)});
      startHeartbeat(${JSON.stringify(file)}, 200);
      process.once('message', () => { process.send('blocked'); setTimeout(() => { for (;;); }, 100); });
      process.send('turns');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const nextMessage = () => new Promise((resolve) => child.once('message', resolve));
    try {
      await nextMessage();
      expect(check().status).toBe(0);
      const first = readFileSync(file, 'utf8');
      await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 20_000 }).not.toBe(first);
      child.send('block');
      await nextMessage();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const last = readFileSync(file, 'utf8');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(readFileSync(file, 'utf8')).toBe(last);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
