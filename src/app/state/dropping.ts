// A file dropped anywhere on the page goes to the library.
import { libraryOpen } from './page.ts';
import { importFile } from './stores.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

export function takeDroppedFiles(): void {
  const mark = (on: boolean): void => {
    document.body.classList.toggle('dropping', on);
  };
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    libraryOpen.value = true;
    for (const file of event.dataTransfer?.files ?? []) void importFile(file);
  });
}
