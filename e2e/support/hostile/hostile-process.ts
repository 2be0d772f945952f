import { type HostileKind, openHostile } from './open-hostile.ts';

/** Started by `startHostile`: hostile connections from a process of their own, until that one ends. */
const [url = '', count = '0', kinds = '', largest = ''] = process.argv.slice(2);
const hostile = openHostile(url, Number(count), kinds.split(',') as HostileKind[], largest);
setInterval(() => process.send?.({ made: hostile.made(), open: hostile.open() }), 250);
process.on('disconnect', () => process.exit());
