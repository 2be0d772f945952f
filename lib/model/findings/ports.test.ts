import { expect, it } from 'vitest';
import {
  type CheckLabel,
  type PortCheck,
  type PortView,
  toCheckLabels,
} from '#lib/model/docker/port-check.ts';
import { buildPortCheck, buildPortTarget, buildView } from '#lib/testing/build-port.ts';
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

/** Port 30000 of `web` on docker03, which this server is refused at, and on two others, where it answers. */
function findSeen(ofDocker03: Partial<PortCheck>) {
  const on = (nodeId: string, overrides: Partial<PortCheck> = {}) =>
    buildPortCheck({ target: buildPortTarget({ nodeId }), ...overrides });
  const refused = { state: 'refused', failure: 'refused', failed: 3 } as const;
  const found = find([], [on('docker01'), on('docker02'), on('docker03', { ...refused, ...ofDocker03 })]);
  return found.map(({ cause, level, sentence }) => `${cause} ${level}: ${sentence}`);
}
const from = (nodeId: string, state: PortView['state'], wasReached = false) =>
  buildView({ nodeId, state, wasReached });

it('a dead port says from where else it was asked', () => {
  expect(findSeen({})).toEqual([
    'port-dead problem: Port 30000 does not answer on docker03 (refused); it does on the 2 others: the routing mesh there.',
  ]);
  expect(
    findSeen({
      views: [from('docker01', 'refused'), from('docker02', 'refused'), from('docker03', 'refused')],
    }),
  ).toEqual([
    'port-dead problem: Port 30000 does not answer on docker03, asked from here and from 2 nodes (refused); it does on the 2 others: the routing mesh there.',
  ]);
  expect(findSeen({ views: [from('docker01', 'answers'), from('docker02', 'refused')] })).toEqual([
    'port-dead notice: Port 30000 does not answer this server on docker03 (refused); it answers docker01 there: the way from this server.',
  ]);
  expect(
    findSeen({
      views: [from('docker01', 'answers'), from('docker02', 'refused'), from('docker04', 'refused')],
    }),
  ).toEqual(findSeen({}));
  expect(findSeen({ views: [from('docker01', 'timed-out'), from('docker03', 'answers')] })).toEqual([
    'port-dead notice: Port 30000 on docker03 answers that node alone, and nobody from outside (refused): a firewall there.',
  ]);
});

it('a process that takes connections and says nothing is no matter of the way: agents ask for a connection alone', () => {
  const silent = { state: 'timed-out', failure: 'timed-out', wrong: { kind: 'silent' } } as const;
  const views = [from('docker01', 'answers'), from('docker02', 'answers')];
  expect(findSeen({ ...silent, views })[0]).toMatch(
    /^port-dead problem: .*it takes connections, and nothing comes through them in time.*the routing mesh there/,
  );
});

it('a port that answers here and not one of the nodes names the two that the way is cut between', () => {
  const well = { state: 'answers', failure: null, failed: 0 } as const;
  const views = [from('docker01', 'answers'), from('docker02', 'refused'), from('docker03', 'answers')];
  expect(findSeen({ ...well, views })).toEqual([
    'port-cut notice: Port 30000 on docker03 does not answer docker02 (refused); it answers this server and 1 other node: the way between those two.',
  ]);
  const lost = [from('docker01', 'answers'), from('docker02', 'refused', true)];
  expect(findSeen({ ...well, views: lost })[0]).toMatch(/^port-cut problem/);
  expect(findSeen({ ...well, views: [from('docker02', null), from('docker01', 'answers')] })).toEqual([]);
});

it('an agent that lost its way out turns nothing red: what it does not reach answers all others', () => {
  const nodes = ['docker01', 'docker02', 'docker03'];
  const findWith = (ofOwn: PortView['state']) =>
    find(
      [],
      nodes.map((nodeId) =>
        buildPortCheck({
          target: buildPortTarget({ nodeId }),
          views: [
            from('docker01', 'answers'),
            from('docker02', 'answers'),
            from('docker03', nodeId === 'docker03' ? ofOwn : 'unreachable', true),
          ],
        }),
      ),
    ).map(({ cause }) => cause);
  expect(findWith('unreachable')).toEqual([]);
  expect(findWith('answers')).toEqual(['port-cut']);
});
