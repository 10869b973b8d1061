// Something went wrong: one sentence, where it happened, with the button that helps.
import { canGoBack, goBack } from '../state/conductor.ts';
import { clearProblems, problems, type Region } from '../state/page.ts';

export const Problems = ({ region }: { region: Region }) => {
  const here = problems.value.filter((one) => one.region === region);
  if (here.length === 0) return null;
  return (
    <div class="notice" role="alert">
      {here.map((one) => (
        <div key={one.text} class="problem">
          <p>{one.text}</p>
          <div class="row">
            {one.tensor !== null && canGoBack() && (
              <button type="button" class="button go" onClick={goBack}>
                Go back to the last finite checkpoint
              </button>
            )}
            <button type="button" class="button" onClick={() => clearProblems(region)}>
              Dismiss
            </button>
          </div>
        </div>
      ))}
    </div>
  );
};
