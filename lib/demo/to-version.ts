import type { SimNode } from './world.ts';

/** `GET /version`. */
export function toVersion({ release }: SimNode): object {
  const { version, apiVersion, minApiVersion, gitCommit, goVersion, buildTime, kernel } = release;
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: version,
        Details: {
          ApiVersion: apiVersion,
          Arch: 'amd64',
          BuildTime: buildTime,
          Experimental: 'false',
          GitCommit: gitCommit,
          GoVersion: goVersion,
          KernelVersion: kernel,
          MinAPIVersion: minApiVersion,
          Os: 'linux',
        },
      },
      { Name: 'containerd', Version: release.containerd, Details: { GitCommit: '' } },
      { Name: 'runc', Version: release.runc, Details: { GitCommit: '' } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: 'de40ad0' } },
    ],
    Version: version,
    ApiVersion: apiVersion,
    MinAPIVersion: minApiVersion,
    GitCommit: gitCommit,
    GoVersion: goVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: kernel,
    BuildTime: buildTime,
  };
}
