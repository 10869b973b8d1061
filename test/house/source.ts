// Reads the project's own source for the house rules: which files there are, what they import, their bare code.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Paths from the project's root of all TypeScript files under some folders, sorted. */
export const sourceFiles = (...folders: readonly string[]): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.posix.join(folder, name.split(path.sep).join('/')),
      ),
    )
    .filter((name) => /\.tsx?$/.test(name))
    .sort();

export const readSource = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Statements that reach another module: imports of values or types, re-exports, workers started from a file. */
const reaches = [
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^[ \t]*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g,
];

/** Every module that a text reaches, relative ones as paths from the root. */
export function importsOf(file: string, text: string): string[] {
  return reaches.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, target = '']) =>
      target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : target,
    ),
  );
}

/** The text without comments, strings and patterns (but with what templates compute), line by line as before. */
export function bareCode(text: string): string {
  let bare = '';
  let i = 0;
  // Closing brackets that end a template's computed part rather than a block.
  const open: ('block' | 'template')[] = [];
  const skipTo = (end: RegExp): void => {
    end.lastIndex = i;
    const found = end.exec(text);
    const next = found ? found.index + found[0].length : text.length;
    bare += text.slice(i, next).replace(/[^\n]/g, '');
    i = next;
  };
  const template = (): void => {
    skipTo(/(?:[^\\`$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y);
    if (text.slice(i - 2, i) === '${') open.push('template');
  };
  while (i < text.length) {
    const rest = text.slice(i, i + 2);
    const before = bare.trimEnd().at(-1) ?? ';';
    if (rest === '//') skipTo(/(?=\n)/g);
    else if (rest === '/*') skipTo(/\*\//g);
    else if (rest[0] === "'" || rest[0] === '"') {
      const quote = rest[0];
      i++;
      bare += '""';
      skipTo(quote === "'" ? /(?:[^\\']|\\[\s\S])*'/y : /(?:[^\\"]|\\[\s\S])*"/y);
    } else if (rest[0] === '`') {
      i++;
      bare += '""';
      template();
    } else if (rest[0] === '/' && '(,=:[!&|?{};+'.includes(before)) {
      i++;
      skipTo(/(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])*\/\w*/y);
    } else if (rest[0] === '}' && open.pop() === 'template') {
      i++;
      template();
    } else {
      if (rest[0] === '{') open.push('block');
      bare += rest[0];
      i++;
    }
  }
  return bare;
}
