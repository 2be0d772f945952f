import { expect, test } from 'vitest';
import { findLastWords } from './last-words.ts';

test.each([
  "sh: can't fork: Resource temporarily unavailable",
  '/bin/sh: 3: Cannot fork',
  'bash: fork: retry: Resource temporarily unavailable',
  'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached',
  'java.lang.OutOfMemoryError: unable to create new native thread',
  'runtime: failed to create new OS thread (have 9 already; errno=11)',
  "RuntimeError: can't start new thread",
  "ThreadError: can't create Thread: Resource temporarily unavailable",
  'Error: spawn /usr/bin/convert EAGAIN',
  'OpenBLAS blas_thread_init: pthread_create failed for thread 3 of 8: Resource temporarily unavailable',
  'fork() failed: Resource temporarily unavailable',
  "couldn't fork: too many processes; try again",
  "Can't fork, trying again in 5 seconds at worker.pl line 3.",
  'Errno::EAGAIN: Resource temporarily unavailable - fork(2)',
  '(11)Resource temporarily unavailable: AH00159: fork: Unable to fork new process',
  '[alert] 1#1: fork() failed while spawning "worker process" (11: Resource temporarily unavailable)',
  'clone: Resource temporarily unavailable',
  'LOG:  could not fork autovacuum worker process: Resource temporarily unavailable',
])('a process that can start no more of them says so: %s', (text) => {
  expect(findLastWords(['listening on 8080', text])).toBe('no-process');
});

test.each([
  'read: Resource temporarily unavailable',
  'connect EAGAIN /run/app.sock',
  'forked 3 workers',
  'worker forked: 12',
  'java.lang.OutOfMemoryError: Java heap space',
  'fork in the road',
  "Failed to clone 'libs/app'. Retry scheduled",
  'fatal: unable to clone https://git.example.com/app: Resource temporarily unavailable',
  'failed to clone volume pvc-1: timed out',
  'TypeError: Cannot clone object of unsupported type.',
  'failed to fork repository acme/app: 403',
  "Can't save in background: fork: Cannot allocate memory",
  "sh: can't fork: Out of memory",
  '',
])('other words say nothing of it: %s', (text) => {
  expect(findLastWords([text])).toBeNull();
});

test('a line of a megabyte is data, and takes no time', () => {
  expect(findLastWords([`fork ${'x '.repeat(500_000)}`, 'pthread_create '.repeat(130)])).toBeNull();
});
