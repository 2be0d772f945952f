import { measureIdle } from './measure-idle.ts';
import type { Measured, Work } from './measured.ts';
import type { Size } from './sizes.ts';
import { startVitalsSubject } from './start-vitals-subject.ts';

/** What checks of ports cost: idle with them and without, one after the other, on swarms whose ports listen. */
export async function measureChecks(size: Size, work: Work): Promise<Measured> {
  const off = await measureOne('off');
  const on = await measureOne('on');
  return {
    ...pick('checks-off-cpu', off.cpu),
    ...pick('checks-cpu', on.cpu),
    ...pick('checks-off-viewer-bytes', off['viewer-bytes']),
    ...pick('checks-viewer-bytes', on['viewer-bytes']),
    ...pick('checks-off-docker-bytes', off['docker-bytes']),
    ...pick('checks-docker-bytes', on['docker-bytes']),
    ...pick('checks-off-memory', off.memory),
    ...pick('checks-memory', on.memory),
  };

  async function measureOne(checks: 'on' | 'off'): Promise<Measured> {
    process.stderr.write(`  checks ${checks}\n`);
    const subject = await startVitalsSubject({ size, profile: null, checks, signal: work.signal });
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
