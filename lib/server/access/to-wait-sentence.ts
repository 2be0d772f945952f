import type { Wait } from './gate.ts';

/** What has to wait for how long, for who was not let try a password. */
export function toWaitSentence({ seconds, whose, address }: Wait): string {
  const again = `Try again in ${formatSeconds(seconds)}.`;
  switch (whose) {
    case 'browser':
      return `Too many wrong passwords from this browser. ${again}`;
    case 'address':
      return `Too many passwords are tried from ${address}, and yours was not compared. Everybody who comes from that address has to take turns, such as all behind one proxy; browsers in which somebody signed in before do not. ${again}`;
    case 'everybody':
      return `Too many passwords are tried from too many addresses. Browsers in which somebody signed in before do not have to wait. ${again}`;
  }
}

function formatSeconds(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
