"use strict";
// What the engine's process for dynamic resources loads. The state of a resource holds only a line that requires this
// file, so the code of today runs, also in a destroy, and never a copy that was stored with the resource.

const path = require("node:path");

const { ensureCompiled } = require("./compile.js");

// For some methods the engine's process prints `${error}: ${error.stack}` besides handing the message to the engine.
// The errors of this project leave both parts empty, so that a user's mistake is shown once and without a stack trace;
// this drops what is left of that line.
const printError = console.error;
console.error = (...values) => {
  if (values.length !== 1 || values[0] !== ": ") {
    printError(...values);
  }
};

/** The dynamic provider of that name, from the program's present sources. */
module.exports = (name) =>
  require(path.join(ensureCompiled(), "components", "providers.js")).dynamicProvider(name);
