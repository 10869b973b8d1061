// The help text, made from the registries: every knob with its default, range, unit and help line.
import { environments } from '../../envs/registry.ts';
import { isSwitch, type Knob, type Knobs } from '../core/knobs.ts';
import { learners } from '../learners/registry.ts';
import { brainKnobs } from '../learners/trunk.ts';
import { options } from './args.ts';

const commands = [
  ['train', 'train a brain; writes everything to --out, so that the app or --resume can go on with it'],
  [
    'evaluate FILE',
    'play fresh episodes with a saved brain, in its world or another that it fits, and print its scores',
  ],
  ['transfer', 'compare starting from another brain with starting from scratch, over several seeds'],
  ['pretrain', 'remake every file in pretrained/'],
  ['scores ROW ...', 'measure what the default recipes reach, over several seeds, and print the table'],
  ['measure TABLE ...', 'measure what is claimed of the ways of learning, and print the tables'],
  ['bench', 'time from Run to solved, over several seeds'],
  ['verify FILE', 'replay a reference file through both kernel sets and print the worst errors'],
] as const;

function knobLine(name: string, knob: Knob): string {
  const range =
    knob.kind === 'drawing'
      ? 'a text, as the page writes it'
      : knob.kind === 'choice'
        ? `${knob.options.join(' | ')}, default ${knob.default}`
        : isSwitch(knob)
          ? `0 or 1, default ${knob.default}`
          : `${knob.min} to ${knob.max}${knob.unit ? ` ${knob.unit}` : ''}, default ${knob.default}`;
  return `    ${name.padEnd(24)} ${knob.help} (${range})`;
}

const section = (title: string, knobs: Knobs): string =>
  [`  ${title}`, ...Object.entries(knobs).map(([name, knob]) => knobLine(name, knob))].join('\n');

export function helpText(): string {
  const flags = Object.entries(options).map(([name, { type, help }]) => {
    const shown = type === 'string' ? `--${name} ...` : `--${name}`;
    return `  ${shown.padEnd(18)} ${help}`;
  });
  return [
    'relearn: one brain, many ways to teach it',
    '',
    'Commands',
    ...commands.map(([name, help]) => `  relearn ${name.padEnd(16)} ${help}`),
    '',
    'Options',
    ...flags,
    '',
    'Settings of the worlds, for --set name=value',
    ...environments.map((world) => section(`${world.id}: ${world.title}`, world.params)),
    '',
    'Settings of the brain, for --set name=value',
    section('the trunk', brainKnobs),
    '',
    'Settings of the ways of learning, for --set name=value',
    ...learners.map((learner) =>
      section(`${learner.id}: ${learner.title} (${learner.paper})`, learner.knobs),
    ),
    '',
    'Examples',
    '  relearn train --world cartpole --learner ppo --seed 1 --out agent.safetensors',
    '  relearn evaluate agent.safetensors --set gravity=20 --episodes 200 --sampled',
    '  relearn train --from agent.safetensors --world cartpole --set poleHalfLength=1.0 --fresh policy,value',
    '',
  ].join('\n');
}
