"use strict";
// What other programs import as `deckhouse-vsphere/components`: the components, compiled from their present sources.

const path = require("node:path");

const { ensureCompiled } = require("./compile.js");

module.exports = require(path.join(ensureCompiled(), "components", "index.js"));
