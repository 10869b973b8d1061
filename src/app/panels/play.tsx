// A person at the controls: big buttons for touch, the score as it stands, and at the end the offer to teach
// the brain what was just played.
import { amount, count, plural } from '../format.ts';
import { teach } from '../state/conductor.ts';
import { report, standingWorld } from '../state/page.ts';
import {
  type Button,
  buttonsOf,
  heldButtons,
  leavePlay,
  pace,
  play,
  press,
  recording,
  startPlay,
  stopPlay,
} from '../state/play.ts';

const keyName = (key: string): string =>
  ({ ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'space' })[key] ?? key;

const Pad = ({ index, button }: { index: number; button: Button }) => {
  const hold = (down: boolean) => (event: Event) => {
    event.preventDefault();
    press(index, down);
  };
  return (
    <button
      type="button"
      class="button pad"
      data-held={heldButtons.value.has(index)}
      onPointerDown={hold(true)}
      onPointerUp={hold(false)}
      onPointerLeave={hold(false)}
      onPointerCancel={hold(false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      <kbd>{keyName(button.key)}</kbd> {button.does}
    </button>
  );
};

const Pads = () => (
  <div class="pads">
    {buttonsOf(standingWorld.value.action).map(
      (button, i) => button && <Pad key={button.key} index={i} button={button} />,
    )}
  </div>
);

function teachThis(): void {
  const played = recording();
  if (!played) return;
  if (!standingWorld.value.expert && played.actions.length < 32) {
    report({
      region: 'world',
      text: 'A few seconds more of play are needed to learn from.',
      command: null,
      tensor: null,
    });
    return;
  }
  leavePlay();
  teach(played);
}

export const PlayPanel = () => {
  const { phase, steps, games, now, best } = play.value;
  if (phase === 'off') return null;
  if (phase === 'done') {
    return (
      <div class="transport playing" role="toolbar" aria-label="What you played">
        <p>
          You played {plural(steps, 'step')}
          {games > 0 && ` in ${plural(games + 1, 'game')}`}
          {Number.isFinite(best) && `, your best game ${amount(best)}`}.
        </p>
        <button type="button" class="button go" onClick={teachThis}>
          Teach it what I just played ({count(steps)} steps)
        </button>
        <button type="button" class="button" onClick={startPlay}>
          Play again
        </button>
        <button type="button" class="button plain" onClick={leavePlay}>
          Back
        </button>
      </div>
    );
  }
  return (
    <div class="transport playing" role="toolbar" aria-label="Your play">
      <p>
        {phase === 'ready'
          ? 'Your turn: it begins with your first key or touch.'
          : `${amount(now)} now · best ${amount(best)} · ${plural(steps, 'step')}`}
      </p>
      <Pads />
      <button type="button" class="button" title="Escape" onClick={stopPlay}>
        Stop
      </button>
      <button
        type="button"
        class="button plain"
        aria-pressed={pace.value < 1}
        onClick={() => {
          pace.value = pace.value < 1 ? 1 : 0.5;
        }}
      >
        Half speed
      </button>
    </div>
  );
};
