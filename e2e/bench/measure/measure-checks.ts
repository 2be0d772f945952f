import type { Measured, Work } from '#e2e/bench/measured.ts';
import type { Size } from '#e2e/bench/sizes.ts';
import { startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { measureIdle } from './measure-idle.ts';

/**
 * What checks of ports and the use of containers cost: idle with neither, with use alone, with both, one after the other,
 * on swarms whose ports listen.
 */
export async function measureChecks(size: Size, work: Work): Promise<Measured> {
  const neither = await measureOne('off', 'off');
  const off = await measureOne('off', 'on');
  const on = await measureOne('on', 'on');
  return {
    ...pick('neither-cpu', neither.cpu),
    ...pick('neither-viewer-bytes', neither['viewer-bytes']),
    ...pick('neither-docker-bytes', neither['docker-bytes']),
    ...pick('neither-memory', neither.memory),
    ...pick('checks-off-cpu', off.cpu),
    ...pick('checks-cpu', on.cpu),
    ...pick('checks-off-viewer-bytes', off['viewer-bytes']),
    ...pick('checks-viewer-bytes', on['viewer-bytes']),
    ...pick('checks-off-docker-bytes', off['docker-bytes']),
    ...pick('checks-docker-bytes', on['docker-bytes']),
    ...pick('checks-off-memory', off.memory),
    ...pick('checks-memory', on.memory),
  };

  async function measureOne(checks: 'on' | 'off', usage: 'on' | 'off'): Promise<Measured> {
    process.stderr.write(`  checks ${checks}, usage ${usage}\n`);
    const subject = await startVitalsSubject({ size, profile: null, checks, usage, signal: work.signal });
    try {
      return await measureIdle(subject, work);
    } finally {
      await subject.close();
    }
  }
}

function pick(name: keyof Measured, found: Measured[keyof Measured]): Measured {
  return found === undefined ? {} : { [name]: found };
}
