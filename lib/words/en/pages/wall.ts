import type { Fact } from '#lib/words/words.ts';

export const notInTrouble = (count: Fact) => `${count} not in trouble`;
export const engineNotRead = 'Engine not read';
export const waitingForTheFirstAnswer = 'Waiting for the first answer';
export const thisWallBroke = 'This wall broke';
export const isWellAgain = 'is well again';
export const thisWallTriesAgainBy = (reason: Fact) => `${reason}. This wall tries again by itself.`;
export const seenLastAt = (asOf: Fact, reason: Fact) => `Seen last at ${asOf}. ${reason}`;
export const moreNotKnown = (unknown: Fact) => `${unknown} more not known`;
export const thisPageKeepsTheScreen = 'This page keeps the screen awake.';
export const theScreenIsKeptAwake = 'The screen is kept awake while this page is in view.';
export const theBrowserRefusesToKeep =
  'The browser refuses to keep the screen awake: switch its sleep off in the system.';
export const theScreenMayFallAsleep =
  'The screen may fall asleep: browsers let a page keep it awake over HTTPS or on localhost only. Switch its sleep off in the system.';
export const theScreenMayFallAsleep2 =
  'The screen may fall asleep: this browser cannot keep it awake. Switch its sleep off in the system.';
export const setUpThisWall = 'Set up this wall';
export const allOfItIsIn =
  "All of it is in this page's address: open the same address on the screen it is for.";
export const noneTickedAllOfThem = 'None ticked: all of them.';
export const allOrNamesSuchAs = 'all, or names such as shop_*, auth';
export const noneTickedAllOfThem2 = 'None ticked: all of them. Else only services with a replica there.';
export const asTheOtherPages = 'as the other pages';
export const roomyLargerForMoreThan = 'roomy: larger, for more than five metres';
export const normalForFiveMetres = 'normal: for five metres';
export const denseSmallerForADesk = 'dense: smaller, for a desk';
export const underTheProblemsInTurn = 'Under the problems, in turn';
export const theBrowserLetsThisPage =
  'The browser lets this page sound once somebody clicked or typed in it.';
export const thisPageStandsStill = 'This page stands still';
export const itsScriptDoesNotRun = 'Its script does not run. What it showed may be old.';
export const demoSwarmNotYourData = 'Demo swarm, not your data';
export const soundPressAKeyOnce = 'Sound: press a key once';
export const theWallNeedsJavascriptWithout =
  'The wall needs JavaScript: without it nothing here would be kept true.';
export const needsAttention = 'Needs attention';
