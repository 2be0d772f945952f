export const noneIsKnownDockerCannot =
  'None is known: Docker cannot tell whether these containers do their work, only that they run.';
export const skipToContent = 'Skip to content';
export const demoSwarmNotYourData = 'Demo swarm, not your data.';
export const nothingHereIsRealSet =
  'Nothing here is real. Set DOCKER_HOST or VITALS_MANAGERS to see your own.';
export const switchBetweenDarkAndLight = 'Switch between dark and light';
