import { hideLogin } from '#lib/model/text/masking/hide-login.ts';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { maskPatterns, maskText } from '#lib/model/text/masking/mask-text.ts';
import { isRaw, type Raw } from './project.ts';

/** Longer than any error that Docker writes, and than any output that it keeps (4,096 bytes). */
const MAX_CHARS = 16_384;

/** A projected container: its error, image, check and its probes' outputs, without secrets. */
export function maskContainer(container: Raw | null): Raw | null {
  if (container === null) return null;
  const config = isRaw(container.Config) ? container.Config : {};
  const state = isRaw(container.State) ? container.State : {};
  return {
    ...container,
    State: {
      ...state,
      ...maskError(state),
      ...(isRaw(state.Health) ? { Health: maskHealth(state.Health) } : {}),
    },
    Config: {
      ...config,
      ...(typeof config.Image === 'string' ? { Image: hideLogin(config.Image.slice(0, MAX_CHARS)) } : {}),
      ...(isRaw(config.Healthcheck) ? { Healthcheck: maskCheck(config.Healthcheck) } : {}),
    },
  };
}

/** The error, which may quote a command; nothing when there is none. */
export function maskError({ Error: text }: Raw): Raw {
  return typeof text === 'string' && text !== '' ? { Error: maskText(text.slice(0, MAX_CHARS)) } : {};
}

function maskHealth(health: Raw): Raw {
  if (!Array.isArray(health.Log)) return health;
  return {
    ...health,
    Log: health.Log.map((probe) =>
      isRaw(probe) && typeof probe.Output === 'string'
        ? { ...probe, Output: maskText(probe.Output.slice(0, MAX_CHARS)) }
        : probe,
    ),
  };
}

function maskCheck(check: Raw): Raw {
  return Array.isArray(check.Test)
    ? { ...check, Test: maskCommand(check.Test.map(String), maskPatterns()) }
    : check;
}
