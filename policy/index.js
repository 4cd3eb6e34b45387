"use strict";
// What the engine starts with `--policy-pack policy`: the pack of ./pack.ts, compiled from its present sources.

const path = require("node:path");

const { ensureCompiled } = require("../launch/compile.js");

require(path.join(ensureCompiled(), "policy", "pack.js")).start();
