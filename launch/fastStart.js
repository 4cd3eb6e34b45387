"use strict";
// Loaded by Node before anything else (nodeargs in Pulumi.yaml): halves the time until the program runs.
//
// When it is loaded, the Pulumi SDK loads the TypeScript compiler and npm's dependency resolver, which together take
// two thirds of its time. It needs them to serialise functions, which this program never does (see
// components/dynamic/dynamicResource.ts). Here they are loaded when somebody uses them, and work as ever.

const Module = require("node:module");

const load = Module._load;

/** A stand-in for the module's exports that loads the module on the first access to one of them. */
function deferred(request, parent) {
  const real = () => load(request, parent, false);
  return new Proxy(
    {},
    {
      get: (_, key) => real()[key],
      has: (_, key) => key in real(),
    },
  );
}

/** A stand-in for an exported class that loads its module with the first instance. */
function deferredClass(request, parent, name) {
  return new Proxy(function () {}, {
    construct: (_, args) => Reflect.construct(load(request, parent, false)[name], args),
    get: (_, key) => load(request, parent, false)[name][key],
  });
}

Module._load = function (request, parent, isMain) {
  const requester = parent?.filename ?? "";
  if (request === "typescript" && requester.endsWith("typescript-shim.js")) {
    return deferred(request, parent);
  }
  if (request === "@npmcli/arborist" && requester.endsWith("codePaths.js")) {
    return { Arborist: deferredClass(request, parent, "Arborist") };
  }
  return load.call(this, request, parent, isMain);
};
