// The command line: the same sessions as the page, in Node. Every failure is one sentence and exit code 1.
import { readCommandLine } from './args.ts';
import { bench } from './bench.ts';
import { evaluateFile } from './evaluate.ts';
import { helpText } from './help.ts';
import { measure, measureOne } from './measure.ts';
import { pretrain } from './pretrain.ts';
import { scoreOne, scores } from './scores.ts';
import { train } from './train.ts';
import { transfer } from './transfer.ts';
import { verify } from './verify.ts';

async function main(words: readonly string[]): Promise<void> {
  const { command, files, flags } = readCommandLine(words);
  if (flags.help || command === undefined) {
    console.log(helpText());
    return;
  }
  switch (command) {
    case 'train':
      return train(flags, `relearn ${words.join(' ')}`);
    case 'evaluate':
      return evaluateFile(files[0], flags);
    case 'transfer':
      return transfer(flags);
    case 'pretrain':
      return pretrain(files);
    case 'scores':
      return scores(files, flags);
    case 'score':
      return scoreOne(files[0], flags);
    case 'measure':
      return measure(files, flags);
    case 'measured':
      return measureOne(files[0], flags);
    case 'bench':
      return bench(flags);
    case 'verify':
      return verify(files);
    default:
      throw new Error(
        `There is no command "${command}"; there are train, evaluate, transfer, pretrain, scores, measure, bench and verify.`,
      );
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
