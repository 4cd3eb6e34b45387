"use strict";
// Compiled code that can never be stale.
//
// Node runs compiled JavaScript twice as fast as ts-node starts, but compiled code that lags behind an edited source
// would make `pulumi up` do something else than what the user reads. So the compiled program lives in a folder named
// by a hash of all its sources: an edit changes the name, and what is not there is compiled first. Two processes that
// compile at the same time end with the same folder, because a finished folder is put in place by one rename.
//
// Plain JavaScript on purpose: this is what runs before anything is compiled.

const { spawnSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
const compiledRoot = path.join(root, ".compiled");
const sdk = path.join(root, "sdks", "vsphere");

/** A link to the compiled program, where other programs find its types (`exports` in package.json): it keeps its name. */
const types = path.join(compiledRoot, "types");

/** A user's mistake, or a broken installation: shown as its message alone. */
class CompileError extends Error {
  constructor(message) {
    super(message);
    this.name = "CompileError";
    this.stack = "";
    // What the Pulumi SDK looks for before it prints a message without a stack trace (pulumi.RunError).
    this.__pulumiRunError = true;
  }

  toString() {
    return "";
  }
}

/** The folders and files that the program is compiled from, as tsconfig.json lists them. */
function sourceRoots() {
  const { include } = JSON.parse(fs.readFileSync(path.join(root, "tsconfig.json"), "utf8"));
  return include;
}

/** Every TypeScript and JSON file at or below a path, in a stable order. */
function sourceFiles(start) {
  const found = [];
  const visit = (file) => {
    const status = fs.statSync(file, { throwIfNoEntry: false });
    if (status === undefined) {
      return;
    }
    if (status.isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) {
        if (name !== "node_modules" && name !== "bin") {
          visit(path.join(file, name));
        }
      }
    } else if (/\.(ts|json)$/.test(file)) {
      found.push(file);
    }
  };
  visit(start);
  return found;
}

/** A short name for the content of all these files. */
function fingerprint(files) {
  const hash = crypto.createHash("sha256");
  for (const file of files) {
    hash.update(path.relative(root, file));
    hash.update("\0");
    hash.update(fs.readFileSync(file));
    hash.update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** Runs the TypeScript compiler; its findings become the error's message. */
function runCompiler(args) {
  let compiler;
  try {
    compiler = require.resolve("typescript/lib/tsc.js");
  } catch {
    throw new CompileError("The program's packages are not installed: run `npm ci` first.");
  }
  const result = spawnSync(process.execPath, [compiler, ...args], { cwd: root, encoding: "utf8" });
  if (result.status !== 0) {
    throw new CompileError(
      `The program does not compile:\n${result.stdout}${result.stderr}`.trimEnd(),
    );
  }
}

/** Makes a folder by `build` under a private name, then gives it its final name in one step. */
function buildAtomically(target, build) {
  const unfinished = `${target}.${process.pid}.unfinished`;
  try {
    build(unfinished);
    fs.renameSync(unfinished, target);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    // Another process was first with the same content.
    if (!fs.existsSync(target)) {
      throw error;
    }
  }
}

/** Compiles the generated SDK @pulumi/vsphere when its sources are not those it was compiled from. */
function ensureSdkCompiled() {
  const bin = path.join(sdk, "bin");
  const marker = path.join(bin, ".fingerprint");
  const wanted = fingerprint(sourceFiles(sdk));
  if (fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === wanted) {
    return;
  }
  fs.rmSync(bin, { recursive: true, force: true });
  buildAtomically(bin, (out) => {
    runCompiler([
      "--project",
      sdk,
      "--outDir",
      out,
      "--sourceMap",
      "false",
      "--declarationMap",
      "false",
    ]);
    // The SDK reads its own version from the package.json beside its compiled files.
    fs.copyFileSync(path.join(sdk, "package.json"), path.join(out, "package.json"));
    fs.writeFileSync(path.join(out, ".fingerprint"), wanted);
  });
}

/** Folders of earlier sources; a process that still runs from one has loaded its modules already. */
function removeOtherBuilds(current) {
  for (const name of fs.readdirSync(compiledRoot)) {
    if (![path.basename(current), path.basename(types)].includes(name) && !isBeingBuilt(name)) {
      fs.rmSync(path.join(compiledRoot, name), { recursive: true, force: true });
    }
  }
}

/** Makes the link to the types lead to a folder; a link that is there is replaced in one step. */
function linkTypes(target) {
  const unfinished = `${types}.${process.pid}.unfinished`;
  fs.rmSync(unfinished, { force: true });
  fs.symlinkSync(path.basename(target), unfinished);
  fs.renameSync(unfinished, types);
}

/** Whether another process still works on an unfinished folder, or was killed in the middle. */
function isBeingBuilt(name) {
  const [, processId] = /\.(\d+)\.unfinished$/.exec(name) ?? [];
  if (processId === undefined) {
    return false;
  }
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(Number(processId), 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the folder of the program compiled from the sources as they are now, compiling first when there is none.
 * Throws a CompileError that carries the compiler's findings when the sources have faults.
 */
function ensureCompiled() {
  const files = [...sourceRoots(), "tsconfig.json", "package.json"].flatMap((name) =>
    sourceFiles(path.join(root, name)),
  );
  const target = path.join(compiledRoot, fingerprint([...files, ...sourceFiles(sdk)]));
  if (!fs.existsSync(target) || !fs.existsSync(path.join(sdk, "bin"))) {
    console.error("Compiling the program, because its sources changed (a few seconds)...");
    ensureSdkCompiled();
    fs.mkdirSync(compiledRoot, { recursive: true });
    if (!fs.existsSync(target)) {
      buildAtomically(target, (out) => runCompiler(["--project", root, "--outDir", out]));
    }
    linkTypes(target);
    removeOtherBuilds(target);
  }
  return target;
}

module.exports = { CompileError, ensureCompiled };

if (require.main === module) {
  try {
    ensureCompiled();
  } catch (error) {
    console.error(error instanceof CompileError ? error.message : error);
    process.exit(1);
  }
}
