import { setTimeout as sleep } from 'node:timers/promises';
import { sealData, unsealData } from 'iron-session';
import type { OwnCookie } from '#lib/server/access/cookies.ts';
import { newId } from '#lib/server/access/create-sessions.ts';
import type { Wait } from '#lib/server/access/gate.ts';
import { findBasic, findCookie, type Visitor } from '#lib/server/access/visitor.ts';
import { toParty } from '#lib/server/http/to-party.ts';
import { createPasswordCheck } from './check-password.ts';
import { createProgramPasswords } from './create-program-passwords.ts';
import { type Account, createPasswordTries, type TryResult } from './password-tries.ts';

/** Against whom a password counts that somebody brings, and whether it is the right one. */
export interface Accounts {
  of(visitor: Visitor): Promise<Account>;
  try(given: string, visitor: Visitor, account: Account): Promise<TryResult>;
  /** The password that a program sends along; `null`: it sends none, or there is none to compare it with. */
  tryBasic(visitor: Visitor, account: Account): Promise<TryResult | null>;
  toWait(result: Extract<TryResult, { kind: 'wait' }>, visitor: Visitor): Wait;
  /** The cookie by which a browser that signed in is known again when it signs in the next time. */
  keep(account: Account): Promise<OwnCookie>;
}

const DEVICE_SECONDS = 400 * 24 * 3600;

interface Device {
  kind: 'device';
  id: string;
}

export function createAccounts(options: {
  /** `null`: nobody signs in with one here. */
  password: Parameters<typeof createPasswordCheck>[0] | null;
  /** What seals are made with. */
  key(): Promise<string>;
  fromOf(visitor: Visitor): string;
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  /** Called for each wrong one. */
  onWrong(visitor: Visitor): void;
}): Accounts {
  const { password, key, fromOf, nowMs, onWrong } = options;
  const tries =
    password === null
      ? null
      : createPasswordTries({ check: createPasswordCheck(password), nowMs, sleep: (ms) => sleep(ms) });
  const programs = createProgramPasswords(nowMs);

  async function tryBasic(visitor: Visitor, account: Account): Promise<TryResult | null> {
    const encoded = findBasic(visitor);
    if (encoded === null || tries === null) return null;
    return programs.try(encoded, toParty(fromOf(visitor)), (given) => tryPassword(given, visitor, account));
  }

  async function deviceOf(visitor: Visitor): Promise<string | null> {
    const seal = findCookie('device', visitor);
    if (seal === null) return null;
    const { kind, id } = await unsealData<Partial<Device>>(seal, {
      password: await key(),
      ttl: DEVICE_SECONDS,
    });
    return kind === 'device' && typeof id === 'string' ? id : null;
  }

  async function accountOf(visitor: Visitor): Promise<Account> {
    const device = await deviceOf(visitor);
    return device === null ? { kind: 'address', address: fromOf(visitor) } : { kind: 'browser', id: device };
  }

  async function tryPassword(given: string, visitor: Visitor, account: Account): Promise<TryResult> {
    // Nothing is no guess, and nobody has to wait for it.
    if (tries === null || given === '') return { kind: 'wrong' };
    const result = await tries.try(account, given, visitor.isGone);
    if (result.kind === 'wrong') onWrong(visitor);
    return result;
  }

  const toWait = ({ waitMs, whose }: Extract<TryResult, { kind: 'wait' }>, visitor: Visitor): Wait => ({
    seconds: Math.ceil(waitMs / 1_000),
    whose,
    address: fromOf(visitor),
  });

  return {
    of: accountOf,
    try: tryPassword,
    tryBasic,
    toWait,
    async keep(account) {
      const device: Device = { kind: 'device', id: account.kind === 'browser' ? account.id : newId() };
      return {
        kind: 'device',
        value: await sealData(device, { password: await key(), ttl: DEVICE_SECONDS }),
        maxAgeSeconds: DEVICE_SECONDS,
      };
    },
  };
}
