import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import { isRaw, type Raw } from './project.ts';

/** A projected container, its probes' command and outputs without the obvious secrets. */
export function maskContainer(container: Raw | null): Raw | null {
  if (container === null) return null;
  const config = isRaw(container.Config) ? container.Config : {};
  const state = isRaw(container.State) ? container.State : {};
  return {
    ...container,
    State: isRaw(state.Health) ? { ...state, Health: maskHealth(state.Health) } : state,
    Config: isRaw(config.Healthcheck) ? { ...config, Healthcheck: maskCheck(config.Healthcheck) } : config,
  };
}

function maskHealth(health: Raw): Raw {
  if (!Array.isArray(health.Log)) return health;
  return {
    ...health,
    Log: health.Log.map((probe) =>
      isRaw(probe) && typeof probe.Output === 'string'
        ? { ...probe, Output: maskSecrets(probe.Output) }
        : probe,
    ),
  };
}

function maskCheck(check: Raw): Raw {
  return Array.isArray(check.Test) ? { ...check, Test: maskCommand(check.Test.map(String)) } : check;
}
