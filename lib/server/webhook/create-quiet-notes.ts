import type { SharedSession } from '#lib/history/postgres/create-shared-session.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';
import type { Quiet } from './create-held-verdicts.ts';
import type { Delivery } from './to-delivery.ts';

/** What was told last of something. */
export interface Told {
  verdict: Verdict | null;
  delivery: Delivery;
  /** It is silenced since. */
  quiet: Quiet | null;
  /** A problem that was told again within an hour after its end was: the next end has to hold for longer, whoever leads then. */
  isBack: boolean;
}

/** As the database has it, beside what was told. */
export function toKept({ delivery, quiet, isBack }: Omit<Told, 'verdict'>): object {
  return { ...delivery, ...(quiet === null ? {} : { quiet }), ...(isBack ? { isBack } : {}) };
}

/** What is silenced since it was told, beside what was told: known to whoever leads next, and after a restart. */
export interface QuietNotes {
  /** @param quiet `null`: no longer, and that is no news */
  set(id: string, quiet: Quiet | null): void;
  /** It is told. */
  end(id: string): void;
  has(id: string): boolean;
  /** @param told is brought to what is noted @returns false: another one leads */
  note(told: Map<string, Told>, fence: number | null): Promise<boolean>;
}

export function createQuietNotes(session: Pick<SharedSession, 'query'>): QuietNotes {
  const quiets = new Map<string, Quiet>();
  /** No longer silenced, which is not noted yet. */
  const heard = new Set<string>();
  return {
    set(id, quiet) {
      if (quiet === null) {
        if (quiets.delete(id)) heard.add(id);
      } else {
        quiets.set(id, quiet);
        heard.delete(id);
      }
    },
    end(id) {
      quiets.delete(id);
      heard.delete(id);
    },
    has: (id) => quiets.has(id),
    async note(told, fence) {
      for (const id of [...quiets.keys(), ...heard]) {
        const quiet = quiets.get(id) ?? null;
        const before = told.get(id);
        if (before !== undefined && !isOk(before.verdict) && (before.quiet === null) !== (quiet === null)) {
          const next = { ...before, quiet };
          if (!(await noteQuiet(session, fence, id, next))) return false;
          told.set(id, next);
        }
        if (quiet === null) heard.delete(id);
      }
      return true;
    },
  };
}

/** @returns false: another one leads */
async function noteQuiet(
  session: Pick<SharedSession, 'query'>,
  fence: number | null,
  id: string,
  told: Told,
): Promise<boolean> {
  const [kept] = await session.query(
    `WITH ours AS (SELECT fence FROM lead WHERE fence = $1::bigint FOR SHARE),
    quiet AS (UPDATE told SET delivery = $3::text FROM ours WHERE subject = $2::text)
    SELECT fence FROM ours`,
    [fence, id, JSON.stringify(toKept(told))],
  );
  return kept !== undefined;
}
