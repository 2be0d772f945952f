/**
 * Every pace and patience of the watchers in one place. The sums matter: a frozen engine is found within
 * `quietMs + pingMs` (3.5 s) and given up within `quietMs + pingMs + secondPingMs` (4.5 s).
 */
export const LIMITS = {
  /** Without a word from the other side for so long, it is asked whether it is there. */
  quietMs: 2_000,
  pingMs: 1_500,
  secondPingMs: 1_000,
  /** An engine that was read before is not kept waiting for longer by a manager that looks for its leader. */
  identifyMs: 1_000,
  /** An event stream that is not accepted in this time never will be. */
  openMs: 8_000,
  /**
   * First wait before trying again; doubles up to the longest. That is short: a swarm that has a leader again is found
   * within 15 s, also where each round of its managers meets a silent one and a late `/info`.
   */
  backoffMs: 250,
  backoffMaxMs: 2_000,
  /** Whether an engine has reached a manager since its start is asked after so long. */
  joiningMs: 5_000,
  /** An endpoint that answers but may not be used is asked again after so long; the wait doubles up to the longest. */
  refusedFirstMs: 2_000,
  refusedMs: 15_000,
  /** A timer this late, beyond what we computed or stood in line for, means that we were suspended: that time was not seen. */
  gapMs: 5_000,
  /** How far back a reopened stream is asked to replay. */
  replayMs: 2_000,
  /**
   * Looks at these offsets after a probe's end. On 20.10 the first one always finds the result (157 of 157 probes, with
   * others under way): `exec_die` is sent first, but inspect waits for the lock under which the result is written.
   */
  probeLadderMs: [0, 8, 40, 150, 500],
  healthLadderMs: [0, 40, 200, 800],
  /** Looks for commands that turned out not to be probes. */
  shortLadderMs: [0, 200],
  /** Routine reads happen after this many good probes: Docker keeps five. */
  routineProbes: 4,
  /**
   * Routine reads a minute, of all engines together: as many as what events of probes leave of these bytes, which are some and
   * more for each container. So every probe is read in a swarm of 130 containers that probe each 5 s, and in one of 1,000 that
   * probe each 30 s. Where events alone take more, which Docker cannot leave out, no history would be complete: each container's
   * turn comes every 10 minutes. One read is 0.5 to 0.8 ms: under 4 % of a core at most.
   */
  routineBytes: 3_600_000,
  routineBytesPerContainer: 3_000,
  routineReadBytes: 6_000,
  probeEventBytes: 860,
  routinePerContainer: 0.1,
  routineMin: 60,
  routineMax: 3_000,
  routineBurst: 10,
  /** Those of all engines come together this often. */
  turnMs: 500,
  /** An inspect takes a few ms: so long without an answer, it hangs, and is tried a second time before that is said. */
  inspectMs: 4_000,
  /** The same when an engine is read in full; and once many of its containers hang. */
  syncInspectMs: 3_000,
  syncInspectManyMs: 1_000,
  /** A container that does not answer is asked again after so long, later and later (tracker/unread.ts): its engine waits with each. */
  unreadMs: 5_000,
  unreadMaxMs: 300_000,
  /** One that is known not to answer may take so long: who waits is answered as soon as it goes on, on a slow engine too. */
  unreadInspectMs: 10_000,
  /** And after so long where an event tells that something ended in it. */
  unreadSignMs: 1_000,
  /** Where no event tells of a probe that is due, its log is read; looked for at this pace, so many at a time. */
  sweepMs: 2_000,
  sweepReads: 10,
  /**
   * Of what no probe is due within this time, each engine is asked so often which containers do not run any more. With the inspect
   * that follows, an end that no event told of is known within 11 s, and what Swarm does then 2 s later.
   */
  runCheckMs: 10_000,
  /**
   * A probe's absence tells as much, where one was seen less than this before it is looked for: two seconds later at the latest.
   * What is probed each 10 s costs no question.
   */
  probeTellsMs: 11_500,
  /** An engine that says that one does not run is given so long to tell of it: after that it is not as it was. */
  deniedMs: 1_000,
  /** What neither runs nor is dead, as a paused container, is read again after so long: the event that ends it may be lost, too. */
  haltedMs: 10_000,
  /** A container that a manager tells of, and of which no event told by then, is asked for. */
  expectedMs: 500,
  /** Agents tell of every fourth probe that passes. */
  agentProbes: 4,
  /**
   * Engines that are on their way from the first ping to being read in full: a thousand at once would be late for all
   * their answers, and those that wait for their turn would be asked every 2 s whether they are there.
   */
  openingsAtOnce: 32,
  /** Who has not answered a ping by then keeps nobody waiting. */
  openingPingMs: 500,
  /**
   * Engines that are read in full at a time. Each waits for its answers most of the time, the longer the more there are in all: of
   * a thousand 25 are read, so that waiting alone does not take minutes.
   */
  syncsAtOnce: 8,
  syncsAtMost: 25,
  enginesASync: 40,
  /** After so long the next has its turn, too: five hundred containers take a second. */
  syncTurnMs: 10_000,
  /** Confirming lists of one engine: at least this far apart. */
  confirmMs: 1_000,
  /** A list or inspect that takes longer is no longer waited for by a person's page. */
  refreshMs: 2_000,
  /** After a hint the manager's tasks of that service are read at these offsets. */
  hintLadderMs: [30, 250, 600, 1_500],
  serviceLadderMs: [50, 300, 1_000, 3_000],
  nodeLadderMs: [50, 1_000, 3_000],
  /** So many services are asked for in one request; more wait for the next one. */
  touchedMax: 20,
  /**
   * All is listed in their place where that is cheaper: of more than a few services more than half of all tasks; of more than
   * fit into one request a tenth of them; or so many services that asking for them one request after the other takes longer.
   */
  touchedFew: 3,
  touchedShare: 0.5,
  touchedManyShare: 0.1,
  touchedMany: 100,
  /** Of what is read in parts, all is read after so long: a task that came and went unseen is in no part. */
  wholeMs: 5_000,
  /** Reads of services after hints: so many at once, then so many a second, each for all that wait. */
  touchedBurst: 20,
  touchedPerSecond: 2,
  /** A service in transition is read at this pace, at first and after a minute. */
  transitionMs: 1_000,
  transitionSlowMs: 5_000,
  transitionFastForMs: 60_000,
  /** Where events show what will happen, too; an event may come before the manager knows. */
  transitionSeenMs: 2_000,
  /** The swarm's networks are listed at this pace, and after so long where a service names one that is not known. */
  networksMs: 60_000,
  networksWantedMs: 1_000,
  networksWantedAgainMs: 10_000,
  /** A root certificate that is being changed is asked about at this pace, and at most so often where nodes show another one. */
  rotationMs: 120_000,
  rotationAgainMs: 10_000,
  /** More tasks than this are listed by service, in turns of so many tasks that are wanted, or of so many services. */
  tasksAtOnce: 20_000,
  turnTasks: 2_000,
  turnServices: 100,
  /**
   * A manager whose leader is gone answers no list until its request times out, 20 s later, also when there is a new
   * leader by then. So, beside a list that takes this long, it is asked whether it reaches one, again and again.
   */
  slowListMs: 1_500,
  /** That takes a manager no time, and it has so long for it: a longer one each time that it hangs (up to four times). */
  swarmPingMs: 2_500,
  /** And where its lists take long, twice what they take, up to this. */
  swarmPingMostMs: 10_000,
  /** The managers that could be read instead have so long, and are asked so long after their last answer. */
  scoutPingMs: 1_500,
  scoutMs: 500,
  /** A list is late when it takes longer than this: what we show is ageing. */
  lateMs: 6_000,
  /**
   * Between full lists, which are three minutes apart in a swarm of thousands, some service is read at this pace and the
   * nodes at the other: a manager that no longer lists one of them must not go unseen for longer.
   */
  spotMs: 10_000,
  spotNodesMs: 30_000,
  /** A list that contradicts another one is read once more after so long: a change may have come in between. */
  contradictionMs: 1_000,
  /** Managers that are not read now are asked at this pace whether they could be. */
  standbyMs: 60_000,
  /** While one of them could not be: what is said of it on every page must not outlast its problem. */
  standbyFailingMs: 5_000,
} as const;
