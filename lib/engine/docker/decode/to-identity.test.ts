import { describe, expect, it } from 'vitest';
import { toIdentity } from './to-identity.ts';

const KNOWN = { apiVersion: '1.41', engineVersion: '20.10.24', agentLevel: null, lookalike: null, skewMs: 0 };
const INFO = {
  ID: 'KF6J:35PR',
  Name: 'm1',
  ServerVersion: '20.10.24+dfsg1',
  Swarm: {
    NodeID: 'n1',
    NodeAddr: '10.0.0.1',
    LocalNodeState: 'active',
    ControlAvailable: true,
    Error: '',
    RemoteManagers: [{ NodeID: 'n1', Addr: '10.0.0.1:2377' }, { NodeID: 'n2' }, null],
    Cluster: { ID: 'cl', Spec: { Name: 'default', Orchestration: { TaskHistoryRetentionLimit: 5 } } },
  },
};
const withSwarm = (swarm: object | null) => ({ ...INFO, Swarm: swarm && { ...INFO.Swarm, ...swarm } });

describe('toIdentity', () => {
  it('reads a manager', () => {
    expect(toIdentity(INFO, KNOWN)).toEqual({
      hostname: 'm1',
      engineVersion: '20.10.24+dfsg1',
      apiVersion: '1.41',
      nodeId: 'n1',
      localNodeState: 'active',
      controlAvailable: true,
      swarmError: null,
      swarm: { id: 'cl', name: 'default', error: null, rotation: null },
      agentLevel: null,
      lookalike: null,
      skewMs: 0,
    });
  });

  it('reads that the root certificate is being changed', () => {
    const Cluster = { ID: 'cl', RootRotationInProgress: true, TLSInfo: { CertIssuerPublicKey: 'MFkw' } };
    expect(toIdentity(withSwarm({ Cluster }), KNOWN)?.swarm?.rotation).toEqual({ issuer: 'MFkw' });
  });

  it('reads a manager without quorum', () => {
    const error = 'rpc error: code = Unknown desc = The swarm does not have a leader.';
    expect(toIdentity(withSwarm({ Error: error, Cluster: null }), KNOWN)).toMatchObject({
      controlAvailable: true,
      swarmError: error,
      swarm: { id: null, name: null, error, rotation: null },
    });
  });

  it.each([
    ['a worker', { ControlAvailable: false, Cluster: null }, 'n1', 'active'],
    ['locked', { ControlAvailable: false, LocalNodeState: 'locked' }, 'n1', 'locked'],
    ['removed, still pending', { ControlAvailable: false, LocalNodeState: 'pending' }, 'n1', 'pending'],
    [
      'in no swarm',
      { NodeID: '', ControlAvailable: false, LocalNodeState: 'inactive', RemoteManagers: null },
      null,
      'inactive',
    ],
    ['a new word', { ControlAvailable: false, LocalNodeState: 'dreaming' }, 'n1', 'unknown'],
    ['no swarm mode at all', null, null, 'unknown'],
  ])('%s', (_, swarm, nodeId, localNodeState) => {
    const identity = toIdentity(withSwarm(swarm), KNOWN);
    expect(identity).toMatchObject({ nodeId, localNodeState, controlAvailable: false, swarm: null });
  });

  it('keeps the version from elsewhere when it is missing', () => {
    expect(toIdentity({}, KNOWN)).toMatchObject({ engineVersion: '20.10.24', hostname: null });
  });

  it.each([null, [], 'x', 5])('refuses %j', (info) => {
    expect(toIdentity(info, KNOWN)).toBeNull();
  });
});
