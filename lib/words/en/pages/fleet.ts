/** What the pages above all swarms say, where there are several. */
export const allSwarms = 'All swarms';
export const noSuchSwarm = 'No swarm of that name is shown here, or it has no such page.';
export const nameTheSwarm =
  'Several swarms are shown here: ask for this of one of them, below /swarms/ and its name.';
