import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import {
  describeGivingUp,
  describeSource,
  describeStartPeriod,
  formatCommand,
} from '#lib/view/service/health-check.ts';
import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';
import * as words from '#words/pages/health-check.ts';
import { every } from '#words/pages/pieces.ts';
import { Facts } from './facts.tsx';
import { Panel } from './panel.tsx';

/** A browser breaks a line after a hyphen, so within an option: a word that has room in a line is kept whole. */
const MAX_WHOLE_CHARS = 28;

function WholeWords({ text }: { text: string }) {
  return text.split(/(\s+)/).map((word, index) =>
    word.length > 2 && word.length <= MAX_WHOLE_CHARS && word.trim() !== '' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of one text, which have no other place
      <span key={index} className="whitespace-nowrap">
        {word}
      </span>
    ) : (
      word
    ),
  );
}

/** The health check that really runs, image and service merged. */
export function HealthCheckPanel({ check }: { check: HealthCheck | null }) {
  return (
    <Panel title={words.healthCheck}>
      {check === null ? (
        <p className="px-[18px] py-3.5 text-[13px] text-muted">{words.noCheckKnown}</p>
      ) : (
        <Facts
          items={[
            [
              words.command,
              <code key="command" className="font-mono text-[12.5px]">
                <WholeWords text={sanitizeOutput(formatCommand(check.test))} />
              </code>,
            ],
            [words.interval, every(formatSetting(check.intervalMs))],
            [words.timeout, formatSetting(check.timeoutMs)],
            [words.retries, describeGivingUp(check)],
            [words.startPeriod, describeStartPeriod(check)],
            [words.definedIn, describeSource(check.source)],
          ]}
        />
      )}
    </Panel>
  );
}
