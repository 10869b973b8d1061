// Dark and light: the system's choice unless a person made one. Also hands out the current colours, for
// everything that is drawn rather than styled.
import { computed, effect, signal } from '@preact/signals';
import type { ViewTheme } from '../../envs/view.ts';
import type { Way } from './ways.tsx';

export const themeChoices = ['system', 'dark', 'light'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const key = 'relearn.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const systemDark = signal(dark.matches);
export const reducedMotion = signal(calm.matches);
dark.addEventListener('change', () => {
  systemDark.value = dark.matches;
});
calm.addEventListener('change', () => {
  reducedMotion.value = calm.matches;
});

function remembered(): ThemeChoice {
  try {
    return themeChoices.find((one) => one === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
}

export const themeChoice = signal<ThemeChoice>(remembered());
const isDark = computed(() =>
  themeChoice.value === 'system' ? systemDark.value : themeChoice.value === 'dark',
);

export function chooseTheme(choice: ThemeChoice): void {
  themeChoice.value = choice;
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Without storage the choice holds until the page closes.
  }
}

const names = [
  'bg',
  'panel',
  'raise',
  'line',
  'edge',
  'ink',
  'soft',
  'faint',
  'positive',
  'negative',
  'stage',
  'accent',
  'supervised',
  'unsupervised',
  'reinforcement',
  'transfer',
] as const;
/** What stands in small charts is written in it. */
export const font = '11px "Inter Variable", Inter, sans-serif';

export type Palette = Readonly<Record<(typeof names)[number], string>>;

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Palette;
}

/** The way whose accent the page wears. */
export const accentWay = signal<Way>('reinforcement');
export const palette = signal<Palette>(readPalette());

effect(() => {
  const root = document.documentElement;
  root.dataset['theme'] = isDark.value ? 'dark' : 'light';
  root.dataset['way'] = accentWay.value;
  palette.value = readPalette();
});

const colour = (css: string): number => Number.parseInt(css.slice(1), 16) || 0;

/** The colours as the world's views want them. */
export const viewTheme = computed<ViewTheme>(() => {
  const now = palette.value;
  return {
    background: colour(now.stage),
    line: colour(now.line),
    ink: colour(now.ink),
    soft: colour(now.soft),
    faint: colour(now.faint),
    accent: colour(now[accentWay.value]),
    positive: colour(now.positive),
    negative: colour(now.negative),
    dark: isDark.value,
    reducedMotion: reducedMotion.value,
  };
});
