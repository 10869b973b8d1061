// A short word on what was just done, sometimes with a way to take it back. A modal dialog covers all else, so the
// library shows it inside itself.
import { toast } from '../state/page.ts';

export const Toast = () =>
  toast.value && (
    <div class="toast">
      <p class="said">
        {toast.value.text}
        {toast.value.undo && (
          <button
            type="button"
            class="button"
            onClick={() => {
              toast.value?.undo?.();
            }}
          >
            Undo
          </button>
        )}
      </p>
    </div>
  );
