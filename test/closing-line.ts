// A vitest reporter that ends a run with one plain line, 'N passed, N failed', for machines to read.
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++;
      // A file that could not be loaded, or a hook that threw, fails without any test that failed.
      const failedTests = [...module.children.allTests('failed')].length;
      if (module.state() === 'failed' && failedTests === 0) count.failed++;
    }
    count.failed += unhandledErrors.length + count.pending;
    // Interrupted, or failed for another reason still: never a line that looks good.
    if (reason !== 'passed' && count.failed === 0) count.failed = 1;
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    // Later than the other reporters' closing words.
    process.once('exit', () => console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`));
  }
}
