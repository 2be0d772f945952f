import { expect, it } from 'vitest';
import { type CheckLabel, toCheckLabels } from '#lib/model/docker/port-check.ts';
import { buildPortCheck } from '#lib/testing/build-port.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { findPortFindings, NO_PORT_FACTS } from './ports.ts';

const find = (checks: readonly CheckLabel[], asked = [buildPortCheck()]) =>
  wordFindings('service', findPortFindings(buildService({ checks }), { ...NO_PORT_FACTS, checks: asked }));

it('says of a label that nobody can read that it is not done', () => {
  const [found, ...more] = find(
    toCheckLabels({ 'vitals.check': 'http://10.0.0.1/health', 'vitals.check.9000': 'of' }),
  );
  expect(more).toEqual([]);
  expect(found).toMatchObject({ cause: 'check-unreadable', level: 'notice' });
  expect(found?.sentence).toBe(
    'Its labels vitals.check and vitals.check.9000 cannot be read, so what they ask for is not asked.',
  );
});

it('says nothing of labels that it can read, nor where nothing is checked', () => {
  expect(find(toCheckLabels({ 'vitals.check': ' HTTP:/health?a=1 ', 'vitals.check.9000': 'Off' }))).toEqual(
    [],
  );
  expect(find(toCheckLabels({ 'vitals.check': 'ftp' }), [])).toEqual([]);
});
