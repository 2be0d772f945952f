import type { Subject, Target } from './subject.ts';

export type Command =
  | ({ command: 'flip'; to: 'ok' | 'fail' | 'own' } & Target)
  | ({ command: 'kill-task' } & Target);

/** Presses a button of the control endpoint. @returns when it took effect on the engine, epoch ms */
export async function commandSwarm(
  { control }: Pick<Subject, 'control'>,
  { command, ...input }: Command,
): Promise<number> {
  const response = await fetch(`${control}/${command}`, {
    method: 'POST',
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { atMs?: number; message?: string };
  if (answer.atMs === undefined) throw new Error(`${command} ${JSON.stringify(input)}: ${answer.message}`);
  return answer.atMs;
}
