"use strict";
// What the engine's process for dynamic resources loads. The state of a resource holds only a line that requires this
// file, so the code of today runs, also in a destroy, and never a copy that was stored with the resource.

const path = require("node:path");

const { ensureCompiled } = require("./compile.js");

/** The dynamic provider of that name, from the program's present sources. */
module.exports = (name) =>
  require(path.join(ensureCompiled(), "components", "providers.js")).dynamicProvider(name);
