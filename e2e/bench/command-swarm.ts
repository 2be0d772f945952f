import type { Subject, Target } from './subject.ts';

export type Command =
  | ({ command: 'flip'; to: 'ok' | 'fail' | 'own' } & Target)
  | ({ command: 'kill-task' } & Target);

export interface Effect {
  /** When it took effect on the engine, epoch ms. */
  atMs: number;
  /** Docker's own word on the container since then. */
  health: string | null;
}

/** Presses a button of the control endpoint. @throws when it cannot be done */
export async function commandSwarm(
  { control }: Pick<Subject, 'control'>,
  { command, ...input }: Command,
): Promise<Effect> {
  const response = await fetch(`${control}/${command}`, {
    method: 'POST',
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as Partial<Effect> & { message?: string };
  if (answer.atMs === undefined) throw new Error(`${command} ${JSON.stringify(input)}: ${answer.message}`);
  return { atMs: answer.atMs, health: answer.health ?? null };
}
