// A person at the controls: big buttons for touch, the score as it stands, and at the end the offer to teach
// the brain what was just played.
import { rivalOf } from '../../../envs/environment.ts';
import { amount, count, plural } from '../format.ts';
import { teach } from '../state/conductor.ts';
import { type Opponent, opponent, opponents } from '../state/opponent.ts';
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
  rivalButtons,
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

const Pads = () => {
  const def = standingWorld.value;
  const own = buttonsOf(def.action);
  const rival = rivalOf(def);
  return (
    <>
      {rival && opponent.value === 'person' && (
        <fieldset class="pads" aria-label={rival.title}>
          {rivalButtons(def).map(
            (button, i) => button && <Pad key={button.key} index={own.length + i} button={button} />,
          )}
        </fieldset>
      )}
      <div class="pads">
        {own.map((button, i) => button && <Pad key={button.key} index={i} button={button} />)}
      </div>
    </>
  );
};

const opponentNames: Readonly<Record<Opponent, string>> = {
  rules: 'a scripted player',
  brain: 'the brain',
  person: 'a second person',
};

/** Who is on the other side, in a world that has one. */
const OpponentChoice = () => {
  const rival = rivalOf(standingWorld.value);
  if (!rival) return null;
  return (
    <label class="against">
      Against{' '}
      <select
        class="select"
        value={opponent.value}
        aria-label={`Who moves the ${rival.title}`}
        onChange={(event) => {
          const chosen = opponents.find((one) => one === event.currentTarget.value);
          if (!chosen) return;
          opponent.value = chosen;
          // The arrows are for playing from here on.
          event.currentTarget.blur();
          void startPlay();
        }}
      >
        {opponents.map((one) => (
          <option key={one} value={one}>
            {opponentNames[one]}
          </option>
        ))}
      </select>
    </label>
  );
};

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
        <button type="button" class="button" onClick={() => void startPlay()}>
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
      {phase === 'ready' && <OpponentChoice />}
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
