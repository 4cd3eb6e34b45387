"use strict";
// What a Command resource runs to make or remove a template:
//
//     node templateImage.js make|remove
//
// The engine ends a command by killing the process that it started, which then can clean up nothing. So this one only
// starts another that does the work in a session of its own, and sees by the pipe between them when this one is gone.

// Asked first: it changes when the parent dies.
const parent = process.ppid;

const { spawn } = require("node:child_process");
const path = require("node:path");

const { ensureCompiled } = require("./compile.js");

const program = path.join(ensureCompiled(), "template", "runner", "main.js");
const root = path.dirname(__dirname);
const child = spawn(
  process.execPath,
  [program, ...process.argv.slice(2), root, String(process.pid), String(parent)],
  {
    detached: true,
    stdio: ["pipe", "inherit", "inherit"],
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`The program that makes templates could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
