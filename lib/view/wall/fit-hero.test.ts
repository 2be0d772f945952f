import { expect, it } from 'vitest';
import { fitEvidence } from './fit-hero.ts';

it('puts evidence of one line behind its label with one colon, whether the label ends with one or not', () => {
  for (const label of ['Of 1 service', 'Of 1 service:'])
    expect(
      fitEvidence({ label, text: 'web' }, { width: 900, height: 30, fontPx: 20, max: 1 })?.lines,
    ).toEqual(['Of 1 service: web']);
});
