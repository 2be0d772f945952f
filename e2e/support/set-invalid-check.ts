import type { LabHost } from '#e2e/lab/lab.ts';

/**
 * Gives a service a health check of a kind that no engine runs, which only the API lets through: its tasks wait for a
 * first healthy probe for ever.
 */
export async function setInvalidCheck({ tcp }: LabHost, service: string): Promise<void> {
  const url = `${tcp.replace('tcp:', 'http:')}/services/${service}`;
  const { Spec, Version } = (await (await fetch(url)).json()) as {
    Spec: { TaskTemplate: { ContainerSpec: Record<string, unknown> } };
    Version: { Index: number };
  };
  Spec.TaskTemplate.ContainerSpec.Healthcheck = { Test: ['BOGUS', 'x'] };
  const answer = await fetch(`${url}/update?version=${Version.Index}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(Spec),
  });
  if (!answer.ok) throw new Error(`The service could not be updated: ${await answer.text()}`);
}
