import { describe, expect, it } from 'vitest';
import { toNode } from './to-node.ts';

const MANAGER = {
  ID: '7vybkruszr0w3qsy4wst01qbt',
  Version: { Index: 9 },
  CreatedAt: '2026-11-23T10:53:45.855Z',
  UpdatedAt: '2026-11-23T10:53:46.459Z',
  Spec: { Labels: { zone: 'a', odd: 1 }, Role: 'manager', Availability: 'active' },
  Description: {
    Hostname: 'm1',
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: {
      NanoCPUs: 2_000_000_000,
      MemoryBytes: 25_276_510_208,
      GenericResources: [
        { DiscreteResourceSpec: { Kind: 'SSD', Value: 3 } },
        { NamedResourceSpec: { Kind: 'GPU', Value: 'uuid1' } },
      ],
    },
    Engine: {
      EngineVersion: '20.10.24',
      Labels: { storage: 'S3cr3t' },
      Plugins: [
        { Type: 'Log', Name: 'json-file' },
        { Type: 'Volume', Name: 'local' },
        { Type: 'Log', Name: 'local' },
        { Type: 'constructor', Name: 'x' },
        { Name: 'y' },
        null,
      ],
    },
    TLSInfo: { CertIssuerPublicKey: 'MFkw', CertIssuerSubject: 'MBM', TrustRoot: '-----BEGIN' },
  },
  Status: { State: 'ready', Addr: '0.0.0.0' },
  ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.0.0.1:2377' },
};

describe('toNode', () => {
  it('reads a manager, whose own address may say nothing', () => {
    expect(toNode(MANAGER, 0)).toEqual({
      id: '7vybkruszr0w3qsy4wst01qbt',
      hostname: 'm1',
      role: 'manager',
      manager: { leader: true, reachability: 'reachable', address: '10.0.0.1:2377' },
      status: 'ready',
      statusMessage: null,
      availability: 'active',
      address: '10.0.0.1',
      listedAddress: '10.0.0.1',
      engineVersion: '20.10.24',
      os: 'linux',
      architecture: 'x86_64',
      labels: { zone: 'a' },
      engineLabels: ['storage'],
      plugins: { Log: ['json-file', 'local'], Volume: ['local'] },
      cpuNano: 2_000_000_000,
      memoryBytes: 25_276_510_208,
      generic: ['SSD=3', 'GPU=uuid1'],
      createdAtMs: Date.parse('2026-11-23T10:53:45.855Z'),
      updatedAtMs: Date.parse('2026-11-23T10:53:46.459Z'),
      notUnderstood: [],
      issuer: 'MFkw',
      listedAs: null,
    });
  });

  it('reads a worker that is down and drained, with the manager’s words', () => {
    const node = toNode(
      {
        ID: 'w',
        Spec: { Role: 'worker', Availability: 'drain' },
        Description: { Hostname: 'm1' },
        Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.0.0.2' },
      },
      0,
    );
    expect(node).toMatchObject({
      role: 'worker',
      manager: null,
      status: 'down',
      statusMessage: 'heartbeat failure',
      availability: 'drain',
      address: '10.0.0.2',
    });
  });

  it('reads a node that never joined fully', () => {
    expect(toNode({ ID: 'n' }, 0)).toMatchObject({
      hostname: 'n',
      role: 'worker',
      status: 'unknown',
      address: null,
      engineVersion: null,
    });
  });

  it('takes no status that it does not know for a good one', () => {
    expect(toNode({ ...MANAGER, Status: { State: 'splendid' } }, 0)?.status).toBe('unknown');
  });

  it.each([
    ['127.0.0.1', '10.0.0.1:2377', '10.0.0.1'],
    ['127.0.1.1', '10.0.0.1:2377', '10.0.0.1'],
    ['::1', '[fd00::1]:2377', 'fd00::1'],
    ['0.0.0.0', '10.0.0.1:2377', '10.0.0.1'],
    ['10.0.0.9', '10.0.0.1:2377', '10.0.0.9'],
    ['127.0.0.1', '127.0.0.1:2377', null],
  ])('takes %s of a manager that others reach at %s for %s', (own, Addr, address) => {
    const node = toNode({ ...MANAGER, Status: { State: 'ready', Addr: own }, ManagerStatus: { Addr } }, 0);
    expect(node?.address).toBe(address);
  });

  it('takes no loopback address of a worker for its own', () => {
    const worker = { ...MANAGER, ManagerStatus: undefined, Status: { State: 'ready', Addr: '127.0.0.1' } };
    expect(toNode(worker, 0)?.address).toBeNull();
  });

  it('reads an IPv6 manager address', () => {
    const node = toNode({ ...MANAGER, ManagerStatus: { Addr: '[fd00::1]:2377' } }, 0);
    expect(node?.address).toBe('fd00::1');
    expect(node?.manager).toEqual({ leader: false, reachability: 'unknown', address: '[fd00::1]:2377' });
  });

  it.each([null, 'x', 5, [], {}, { ID: '' }, { ID: 5 }])('leaves out %j', (raw) => {
    expect(toNode(raw, 0)).toBeNull();
  });
});
