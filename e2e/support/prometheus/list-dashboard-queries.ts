import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#e2e/support/root.ts';

/** What the Grafana dashboard asks of Prometheus. */
export interface DashboardQuery {
  expression: string;
  /** Labels that its answers must have: a legend or a list of choices is made of them. */
  labels: string[];
}

interface Dashboard {
  panels: { targets: { expr: string; legendFormat?: string }[] }[];
  templating: { list: { type: string; definition?: string }[] };
}

/** Every panel's and every variable's query, as Grafana would send it with everything chosen. */
export function listDashboardQueries(): DashboardQuery[] {
  const text = readFileSync(join(root, 'docs/grafana/swarm-vitals.json'), 'utf8');
  const { panels, templating } = JSON.parse(text) as Dashboard;
  const ofPanels = panels.flatMap(({ targets }) =>
    targets.map(({ expr, legendFormat = '' }) => ({
      expression: fill(expr),
      labels: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
    })),
  );
  const ofVariables = templating.list
    .filter(({ type }) => type === 'query')
    .map(({ definition = '' }) => {
      const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
      if (selector === undefined || label === undefined) throw new Error(`Not understood: ${definition}`);
      return { expression: fill(selector), labels: [label] };
    });
  return [...ofPanels, ...ofVariables];
}

/** The names of the metrics in an expression. */
export function listMetricNames(expression: string): string[] {
  return [...new Set(expression.match(/\b(?:swarm_vitals|process)_\w+/g))];
}

const fill = (text: string) =>
  text.replaceAll('$__rate_interval', '10s').replaceAll(/\$(?:stack|service)\b/g, '.*');
