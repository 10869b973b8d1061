#!/usr/bin/env node
// The command line is bundled by `npm install` (its prepare step) so that it runs on Node 20 as it is.
import '../build/cli/relearn.mjs';
