// The address bar: what is written is read again, defaults stay out of it, and bad values cost one sentence each
// and nothing else.
import { describe, expect, it } from 'vitest';
import { decodeLink, defaultLink, encodeLink, type Link, parseHidden } from '../../src/app/address.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';

const link: Link = {
  recipe: {
    ...defaultRecipe('cartpole', 'ppo'),
    params: { poleMass: 0.5, mirrored: 1 },
    knobs: { discount: 0.9, schedule: 'cosine' },
    brain: { hidden: [32, 16], activation: 'relu', settings: { filters: 8 } },
    lanes: 8,
    seed: 12345,
  },
  from: 'cartpole-ppo',
  rival: null,
  teacher: null,
  plan: { fresh: ['policy', 'value'], freeze: ['trunk.hidden1'] },
  until: 200,
  run: true,
};

describe('a link', () => {
  it('comes back as it went out', () => {
    const decoded = decodeLink(`#${encodeLink(link)}`);
    expect(decoded.problems).toEqual([]);
    expect(decoded.link).toEqual(link);
  });

  it('holds only world, learner and seed when nothing was changed', () => {
    const { seed } = defaultLink.recipe;
    expect(encodeLink(defaultLink)).toBe(`world=cartpole&learner=ppo&seed=${seed}`);
  });

  it('leaves out values that are the defaults', () => {
    const text = encodeLink({ ...defaultLink, recipe: { ...defaultLink.recipe, params: { gravity: 9.8 } } });
    expect(text).not.toContain('gravity');
  });

  it('is empty when there is nothing in it', () => {
    const { empty, link: opened, problems } = decodeLink('');
    expect(empty).toBe(true);
    expect(problems).toEqual([]);
    expect(opened).toEqual(defaultLink);
  });

  it('takes no layers at all', () => {
    const none = {
      ...defaultLink,
      recipe: { ...defaultLink.recipe, brain: { hidden: [], activation: 'tanh' as const } },
    };
    expect(decodeLink(encodeLink(none)).link.recipe.brain.hidden).toEqual([]);
  });
});

describe('a bad value', () => {
  it.each([
    ['world=marscar', '"marscar"', 'cartpole'],
    ['learner=magic', '"magic"', 'ppo'],
    ['seed=-4', '"-4"', 'whole number'],
    ['lanes=9999', '"9999"', '1 to 1024'],
    ['brain.filters=-1', 'filters is -1', '0 to 64'],
    ['brain.legs=2', '"legs"', 'filters'],
    ['hidden=64-many', '"64-many"', 'whole numbers'],
    ['activation=swish', '"swish"', 'tanh'],
    ['set.gravity=900', '900', '1 to 25'],
    ['set.wind=3', '"wind"', 'gravity'],
    ['knob.discount=7', '7', '0 to 1'],
    ['knob.schedule=steep', '"steep"', 'linear'],
    ['until=soon', '"soon"', 'whole number'],
  ])('%s is named, with what is allowed', (hash, offending, allowed) => {
    const { problems, link: opened } = decodeLink(hash);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(offending);
    expect(problems[0]).toContain(allowed);
    expect(opened.recipe).toEqual(defaultLink.recipe);
  });

  it('does not spoil the rest of the link', () => {
    const { link: opened } = decodeLink('seed=5&knob.discount=7&set.poleMass=0.5');
    expect(opened.recipe.seed).toBe(5);
    expect(opened.recipe.params).toEqual({ poleMass: 0.5 });
    expect(opened.recipe.knobs).toEqual({});
  });
});

it('layers are read as people write them', () => {
  expect(parseHidden('64, 32')).toEqual([64, 32]);
  expect(parseHidden('64-32')).toEqual([64, 32]);
  expect(parseHidden('none')).toEqual([]);
  expect(parseHidden('0')).toBeUndefined();
  expect(parseHidden('64-x')).toBeUndefined();
});
