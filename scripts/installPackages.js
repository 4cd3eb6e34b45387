"use strict";
// Installs the npm packages when what they depend on changed since the last time. Plain JavaScript, because it runs
// before there is anything that understands TypeScript.

const { spawnSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
// Inside node_modules, so that it is gone when the packages are.
const stamp = path.join(root, "node_modules", ".installed-from");

/** The parts of package.json that decide what is installed. */
function installedParts() {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const { dependencies, devDependencies, overrides, engines, allowScripts } = manifest;
  return JSON.stringify({ dependencies, devDependencies, overrides, engines, allowScripts });
}

/** A hash of everything that decides what is installed. */
function wantedPackages() {
  const hash = crypto.createHash("sha256").update(installedParts());
  for (const file of ["package-lock.json", "sdks/vsphere/package.json"]) {
    hash.update("\0").update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

/** Runs a command with its output on the terminal; ends this process when it fails. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    console.error(`"${[command, ...args].join(" ")}" failed${error ? `: ${error.message}` : "."}`);
    process.exit(1);
  }
}

const wanted = wantedPackages();
const found = fs.existsSync(stamp) ? fs.readFileSync(stamp, "utf8") : undefined;
if (found !== wanted) {
  console.log(
    `${found === undefined ? "Installing" : "Updating"} the npm packages (about 20 seconds)...`,
  );
  run("npm", ["ci", "--no-audit", "--no-fund"]);
  fs.writeFileSync(stamp, wanted);
}
