"use strict";
// What the engine starts: the program of ../index.ts, compiled from its present sources.

const path = require("node:path");

const { ensureCompiled } = require("./compile.js");

// Whatever the program fails on ends as one sentence. The SDK shows the message alone of what it takes for an error of
// the user's (pulumi.RunError, which it knows by this property), and a stack trace of all else. Who develops the
// program gets it with DECKHOUSE_VSPHERE_STACK_TRACES=1.
if (!process.env.DECKHOUSE_VSPHERE_STACK_TRACES) {
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.prependListener(event, (error) => {
      if (error instanceof Error) {
        error.__pulumiRunError = true;
      }
    });
  }
}

module.exports = require(path.join(ensureCompiled(), "index.js"));
