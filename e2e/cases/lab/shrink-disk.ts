import { join } from 'node:path';
import { loadImages } from '#e2e/lab/build-images.ts';
import type { Lab } from '#e2e/lab/lab.ts';
import { run } from '#e2e/lab/run.ts';
import { toHostFiles } from '#e2e/lab/to-host-files.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';

const SMALL_DISK = 'size=64m,nr_inodes=12k';

/** What the last host keeps everything on becomes a small disk of its own; it joins anew. */
export async function shrinkDisk(lab: Lab): Promise<void> {
  const host = lab.hosts.at(-1);
  if (host === undefined) return;
  const names = toLabNames(lab.name);
  await host.docker('swarm', 'leave');
  await host.stop();
  const { dataRoot } = toHostFiles(names.host(host.number));
  await run('mount', ['-t', 'tmpfs', '-o', SMALL_DISK, 'tmpfs', dataRoot]);
  await host.start();
  await loadImages(join(names.folder, 'images'), host.docker);
  const token = await lab.manager.docker('swarm', 'join-token', '-q', 'worker');
  await host.docker(
    ...['swarm', 'join', '--token', token, '--advertise-addr', host.address],
    `${lab.manager.address}:2377`,
  );
  const id = await host.docker('info', '--format', '{{.Swarm.NodeID}}');
  const nodes = await lab.manager.docker('node', 'ls', '--format', '{{.ID}} {{.Hostname}}');
  for (const node of nodes.split('\n')) {
    const [other = '', hostname] = node.split(' ');
    if (hostname === host.hostname && other !== id) await lab.manager.docker('node', 'rm', '--force', other);
  }
}
