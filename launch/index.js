"use strict";
// What the engine starts: the program of ../index.ts, compiled from its present sources.

const path = require("node:path");

const { ensureCompiled } = require("./compile.js");

module.exports = require(path.join(ensureCompiled(), "index.js"));
