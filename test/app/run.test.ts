// What a run's handle makes of the frames that come to it.
import { expect, test } from 'vitest';
import { steady } from '../../src/app/run.ts';

test('settings that come anew with every frame are another object only when a value is another', () => {
  const first = { gravity: 9.8, velocities: 'seen' };
  expect(steady(undefined, first)).toBe(first);
  expect(steady(first, { ...first })).toBe(first);
  const drifted = { ...first, gravity: 10 };
  expect(steady(first, drifted)).toBe(drifted);
});
