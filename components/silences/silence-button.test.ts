import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SilenceButton } from './silence-button.tsx';

test('without JavaScript there is no button that does nothing', () => {
  const target = { kind: 'service', name: 'web' } as const;
  const subjects = [{ target, label: 'web', stack: null, causes: [], verdict: null }];
  expect(renderToString(createElement(SilenceButton, { subjects }))).toMatch(
    /<button[^>]* class="[^"]*invisible/,
  );
});

test('where nothing can be silenced there is none', () => {
  expect(renderToString(createElement(SilenceButton, { subjects: [] }))).not.toContain('<button');
});
