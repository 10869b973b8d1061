// A sheet that comes in from the side over the page: the library, a look inside, an examination, the map. Escape, its button and a
// click beside it close it; what is on it exists only while it is open.
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';

interface SideDialogProps {
  readonly open: Signal<boolean>;
  /** Names its title in the document and, with 'library', its style. */
  readonly id: string;
  readonly title: string;
  /** What stands before the close button. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export const SideDialog = ({ open, id, title, actions, children }: SideDialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open.value && !element.open) element.showModal();
    if (!open.value && element.open) element.close();
  }, [open.value]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes on Escape by itself; this is the pointer's way.
    <dialog
      ref={dialog}
      class={id === 'library' ? id : `library ${id}`}
      aria-labelledby={`${id}-title`}
      onClose={() => {
        open.value = false;
      }}
      onClick={(event) => {
        if (event.target === dialog.current) open.value = false;
      }}
    >
      {open.value && (
        <>
          <header>
            <h2 id={`${id}-title`}>{title}</h2>
            <div class="end">
              {actions}
              <button
                type="button"
                class="button square"
                aria-label="Close"
                onClick={() => dialog.current?.close()}
              >
                <Icon name="close" />
              </button>
            </div>
          </header>
          {children}
        </>
      )}
    </dialog>
  );
};
