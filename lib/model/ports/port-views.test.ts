import { expect, it } from 'vitest';
import type { ViewAnswer } from '#lib/model/docker/port-check.ts';
import { buildPortCheck, buildPortTarget, buildView } from '#lib/testing/build-port.ts';
import { addView, isCutOff, leaveOutBlind, sumViews } from './port-views.ts';

const target = buildPortTarget();
const look = (before: ReturnType<typeof buildView> | null, answer: ViewAnswer, atMs: number, of = target) =>
  addView(before, 'node-2', { answer, ms: null }, of, atMs);

it('one look from another node that fails says nothing, the second does, and one that answers ends it', () => {
  const once = look(buildView(), 'refused', 20_000);
  expect(once).toMatchObject({ state: 'answers', answer: 'refused', sinceMs: 10_000 });
  const twice = look(once, 'refused', 25_000);
  expect(twice).toMatchObject({ state: 'refused', sinceMs: 20_000, wasReached: true });
  expect(look(twice, 'answers', 30_000)).toMatchObject({ state: 'answers', sinceMs: 30_000 });
});

it('what failed of other replicas, or while none took traffic, is not counted', () => {
  const once = look(null, 'refused', 20_000);
  const others = buildPortTarget({ basis: '1:task-2:true' });
  expect(look(once, 'refused', 25_000, others).state).toBeNull();
  const changing = buildPortTarget({ expects: null });
  expect(look(once, 'refused', 25_000, changing).state).toBeNull();
  expect(look(once, 'refused', 25_000)).toMatchObject({ state: 'refused', wasReached: false });
});

it('a connection that nobody takes is no answer where others are taken', () => {
  const check = buildPortCheck({ views: [buildView({ state: 'silent' })] });
  expect(sumViews(check, true).lost).toHaveLength(1);
  expect(sumViews(check, false)).toEqual({ reached: [], lost: [], itself: null });
});

it('where most nodes get no answer a firewall keeps them out, and nothing is cut off', () => {
  const from = (nodeId: string, state: ViewAnswer) => buildView({ nodeId, state });
  const few = buildPortCheck({ views: [from('node-2', 'refused'), from('node-3', 'answers')] });
  expect(isCutOff(few, sumViews(few, true))).toBe(true);
  const most = buildPortCheck({
    views: [from('node-2', 'refused'), from('node-3', 'refused'), from('node-4', 'answers')],
  });
  expect(isCutOff(most, sumViews(most, true))).toBe(false);
  // Its own node reaches it past any firewall.
  const own = buildPortCheck({ views: [from('node-1', 'answers'), from('node-2', 'timed-out')] });
  expect(sumViews(own, true)).toMatchObject({ itself: 'reached', reached: [] });
  expect(isCutOff(own, sumViews(own, true))).toBe(false);
});

it('an agent that reaches no node, its own neither, says nothing of ports; one that reaches its own does', () => {
  const from = (nodeId: string, state: ViewAnswer) => buildView({ nodeId, state, wasReached: true });
  const on = (nodeId: string, own: ViewAnswer) =>
    buildPortCheck({
      target: buildPortTarget({ nodeId }),
      views: ['node-1', 'node-2', 'node-3'].map((viewer) =>
        from(viewer, viewer !== 'node-3' ? 'answers' : nodeId === 'node-3' ? own : 'timed-out'),
      ),
    });
  const seenWith = (own: ViewAnswer) =>
    leaveOutBlind([on('node-1', own), on('node-2', own), on('node-3', own)]).map((check) =>
      isCutOff(check, sumViews(check, true)),
    );
  expect(seenWith('timed-out')).toEqual([false, false, false]);
  expect(seenWith('answers')).toEqual([true, true, false]);
});

it('a port that no node answers is dead, and no agent blind', () => {
  const views = [buildView({ nodeId: 'node-2', state: 'refused' })];
  const dead = ['node-1', 'node-3'].map((nodeId) =>
    buildPortCheck({ target: buildPortTarget({ nodeId }), state: 'refused', views }),
  );
  expect(leaveOutBlind(dead)).toEqual(dead);
});
