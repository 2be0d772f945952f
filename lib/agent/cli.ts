import { parseArgs } from 'node:util';
import { maskText, setMaskPatterns } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import { environment } from '#lib/server/settings/environment.ts';
import { findUnknownSettings } from '#lib/server/settings/find-unknown-settings.ts';
import { formatSettingsHelp } from '#lib/server/settings/format-settings.ts';
import { checkSelf } from './check-self.ts';
import { createAgentServer } from './create-agent-server.ts';
import { findBlocked } from './describe-link-error.ts';
import { AgentConfigError, parseAgentConfig } from './parse-agent-config.ts';

/** `npm run agent`, and the agent's command in the image. */
const HELP = `The agent of Swarm Vitals: a read-only window on one Docker engine.

  npm run agent              serve
  npm run agent -- --check   ask the agent that runs here whether it is well (exit 0 or 1)
  npm run agent -- --help    this text

Answers GET on /_ping, /version, /info, /containers/json, /containers/{id}/json, /containers/{id}/logs and /events, as
Docker does, to whoever knows the secret, with nothing in it but what Swarm Vitals shows: no environment, no arguments,
no mounts, no labels but Swarm's. With VITALS_CHECKS=on it connects to published ports on nodes, of those that its own engine
lists, and says on /vitals/ports which answer; nothing is sent through the connections. Both sides prove the secret to each other without sending it, and what they say is
encrypted (TLS with a pre-shared key).

${formatSettingsHelp('agent')}`;

const MAX_LOG_CHARS = 8_192;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, check: { type: 'boolean' } },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const config = readConfig();
  if (values.check) process.exit((await checkSelf(config)) ? 0 : 1);
  await serve(config);
}

function readConfig(): ReturnType<typeof parseAgentConfig> {
  try {
    return parseAgentConfig(environment);
  } catch (error) {
    if (!(error instanceof AgentConfigError)) throw error;
    for (const problem of error.problems) log(problem);
    process.exit(1);
  }
}

async function serve(config: ReturnType<typeof parseAgentConfig>): Promise<void> {
  for (const unknown of findUnknownSettings(environment)) log(unknown);
  setMaskPatterns(config.mask);
  const server = createAgentServer(config, { nowMs: () => performance.now(), log });
  try {
    const port = await server.listen();
    // What stands between the agent and its engine is in its log, also where no server asks.
    const blocked = findBlocked(config.engine);
    if (blocked !== null) log(blocked);
    log(
      `The agent listens on port ${port}${config.tls ? ' (certificate)' : ''}; container logs are ${config.logs ? 'on' : 'off'}.`,
    );
  } catch (error) {
    log(`The agent cannot listen: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void server.close().then(() => process.exit(0)));
}

function log(text: string): void {
  const shown = toVisibleText(maskText(text.slice(0, MAX_LOG_CHARS))).replaceAll('\n', '\n  ');
  process.stderr.write(`${new Date().toISOString()} ${shown}\n`);
}
