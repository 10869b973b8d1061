// Run, pause, step, play, speed: what a hand reaches for most.
import { useComputed } from '@preact/signals';
import { count } from '../format.ts';
import { piecesPerSecond, runOrPause, step } from '../state/conductor.ts';
import { opened, speed, status } from '../state/page.ts';
import { leavePlay, play, startPlay } from '../state/play.ts';
import { DrawButton } from './drawing.tsx';
import { Icon } from './icons.tsx';
import { SketchButton } from './sketch.tsx';

const inWords = (at: number): string => {
  const rate = piecesPerSecond(at);
  if (rate === null) return 'flat out';
  return rate < 10 ? `${rate.toFixed(1)} a second` : `${count(rate)} a second`;
};

const Speed = () => {
  const words = useComputed(() => inWords(speed.value));
  return (
    <label class="speed" title="Pieces of work a second: one step of all lanes, or one update">
      <span class="ends">slow</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={speed}
        aria-label="Speed"
        aria-valuetext={words}
        onInput={(event) => {
          speed.value = Number(event.currentTarget.value);
        }}
      />
      <output>{words}</output>
    </label>
  );
};

export const Transport = () => {
  const running = status.value === 'running';
  const ready = opened.value !== null && status.value !== 'failed';
  return (
    <div class="transport" role="toolbar" aria-label="Transport">
      <button
        type="button"
        class="button go"
        disabled={!ready}
        title="Run or pause (space)"
        onClick={runOrPause}
      >
        <Icon name={running ? 'pause' : 'play'} />
        {running ? 'Pause' : 'Run'}
      </button>
      <button
        type="button"
        class="button"
        disabled={!ready}
        title="One update, shown step by step (.); with shift one piece, such as one step of the lanes (,)"
        onClick={(event) => step(event.shiftKey ? 'piece' : 'update')}
      >
        Step
      </button>
      <button
        type="button"
        class="button"
        aria-pressed={play.value.phase !== 'off'}
        aria-label="Play it yourself"
        title="Play it yourself (p)"
        onClick={() => (play.value.phase === 'off' ? startPlay() : leavePlay())}
      >
        <span>
          Play<span class="roomy"> it yourself</span>
        </span>
      </button>
      <DrawButton />
      <SketchButton />
      <Speed />
    </div>
  );
};
