import { join } from 'node:path';
import { buildBaseImages } from '#e2e/lab/build-base-images.ts';
import { inParallel } from '#e2e/lab/in-parallel.ts';
import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import { cleanEnv, run } from '#e2e/lab/run.ts';
import { root } from './root.ts';

export const PRODUCT_IMAGE = 'swarm-vitals:latest';
const BASE = 'vitals-base:1';
const BUILD_BASE = 'vitals-build-base:1';
const PATH = 'ENV PATH=/usr/local/bin:/usr/bin:/bin';

/** Builds the product's image by its Dockerfile on the lab's manager, and gives it to every other host. */
export async function buildProductImage({ manager, hosts }: Lab, folder: string): Promise<void> {
  const { base, buildBase } = await buildBaseImages(folder);
  const take = (host: LabHost, file: string, image: string) =>
    host.docker('import', '--change', PATH, file, image);
  await take(manager, base, BASE);
  await take(manager, buildBase, BUILD_BASE);
  const [docker, ...flags] = manager.dockerCommand;
  await run(
    docker,
    [
      ...[...flags, 'build', '--tag', PRODUCT_IMAGE],
      ...['--build-arg', `BASE=${BASE}`, '--build-arg', `BUILD_BASE=${BUILD_BASE}`, root],
    ],
    // Debian's docker.io comes without BuildKit.
    { timeoutMs: 600_000, env: { ...cleanEnv, DOCKER_BUILDKIT: '0' } },
  );
  const saved = join(folder, 'product.tar');
  await manager.docker('save', '--output', saved, PRODUCT_IMAGE);
  await inParallel(
    hosts.filter((host) => host !== manager),
    (host) => host.docker('load', '--input', saved),
  );
}
