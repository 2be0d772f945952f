import type { Fact } from '#lib/words/words.ts';

export const enginesThatAreNotConfigured = 'Engines that are not configured';
export const dockerStackDeployCStack = 'docker stack deploy -c stack.yml vitals';
export const noServicesYet = 'No services yet';
export const allIsWell = 'All is well';
export const ofServicesAreWell = (well: Fact, total: Fact) => `${well} of ${total} services are well`;
export const servicesWithoutAStack = 'Services without a stack';
export const cannotBeRead = (plural: Fact) => `${plural} cannot be read`;
export const allEnginesRead = 'all engines read';
export const healthNotKnown = 'Health not known';
