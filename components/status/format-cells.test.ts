import { expect, test } from 'vitest';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { formatCells } from './format-cells.ts';

test('a cell is a link that says in words what it shows', () => {
  expect(formatCells('web', [buildReplica()], false)).toBe(
    '<a class="cell s-healthy" href="/services/web/1" data-replica="web.1" data-status="healthy" aria-label="Replica 1 on host-1: Healthy"></a>',
  );
});

test('a repeated cell is nobody’s own element', () => {
  expect(formatCells('web', [buildReplica()], true)).toBe(
    '<a class="cell s-healthy" href="/services/web/1" aria-label="Replica 1 on host-1: Healthy"></a>',
  );
});

test('a streak is shown with what is allowed', () => {
  const { health } = buildReplica();
  const failing = buildReplica({ status: 'failing', health: health && { ...health, failingStreak: 2 } });
  expect(formatCells('web', [failing], false)).toContain(
    'aria-label="Replica 1 on host-1: Failing, 2 of 3 allowed failures"',
  );
});

test('what comes from Docker is text, whatever it holds', () => {
  const replica = buildReplica({ key: '"><script>', slot: null, hostname: `<img src=x onerror='a&b'>` });
  const html = formatCells('"<b>', [replica], false);
  expect(html.match(/[<>]/g)).toEqual(['<', '>', '<', '>']);
  expect(html).toContain('aria-label="Replica on &lt;img src=x onerror=&#39;a&amp;b&#39;&gt;: Healthy"');
  expect(html).toContain('data-replica="&quot;&lt;b&gt;.&quot;&gt;&lt;script&gt;"');
});
